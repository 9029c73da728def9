/// When the day's run and its judgement are due.
@NullMarked
package dev.rollcall.schedule;

import org.jspecify.annotations.NullMarked;
