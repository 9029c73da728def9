/// Typed jobs: accepting them, how each is, what people do to them, and telling whoever wants to know that one is
/// final.
@NullMarked
package dev.rollcall.trigger.job;

import org.jspecify.annotations.NullMarked;
