/// Batches of rows at the command line.
@NullMarked
package dev.rollcall.local.batch;

import org.jspecify.annotations.NullMarked;
