/// Takes in batches of rows: one prompt with places for cells, any number of rows, all of it or nothing.
@NullMarked
package dev.rollcall.trigger.intake;

import org.jspecify.annotations.NullMarked;
