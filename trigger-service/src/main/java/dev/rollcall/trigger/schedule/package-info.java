/// When a day's run is due, and opening it when it is.
@NullMarked
package dev.rollcall.trigger.schedule;

import org.jspecify.annotations.NullMarked;
