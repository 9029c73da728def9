/// Work that takes time and does nothing.
@NullMarked
package dev.rollcall.worker.sleep;

import org.jspecify.annotations.NullMarked;
