/// Batches of rows over HTTP, as far as they are read: how far each is, and what its rows came to.
@NullMarked
package dev.rollcall.trigger.batch;

import org.jspecify.annotations.NullMarked;
