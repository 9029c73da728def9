/// Who calls, what they may do, and which organization's rows they see.
@NullMarked
package dev.rollcall.trigger.access;

import org.jspecify.annotations.NullMarked;
