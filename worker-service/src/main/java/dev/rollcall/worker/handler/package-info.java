/// What a kind of work is to this worker: one [Handler] each, found by its type. Kinds live in packages of their own,
/// which know this one; this one knows none of them.
@NullMarked
package dev.rollcall.worker.handler;

import org.jspecify.annotations.NullMarked;
