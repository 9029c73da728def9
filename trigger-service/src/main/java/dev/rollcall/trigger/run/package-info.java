/// Runs over HTTP: opening one, and how far each is.
@NullMarked
package dev.rollcall.trigger.run;

import org.jspecify.annotations.NullMarked;
