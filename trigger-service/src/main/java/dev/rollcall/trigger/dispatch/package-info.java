/// Keeps the workers supplied: a bounded window of hints per provider, in the order that is fair.
@NullMarked
package dev.rollcall.trigger.dispatch;

import org.jspecify.annotations.NullMarked;
