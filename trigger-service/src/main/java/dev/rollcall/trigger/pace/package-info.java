/// How fast work becomes final of late, from looks at its counts.
@NullMarked
package dev.rollcall.trigger.pace;

import org.jspecify.annotations.NullMarked;
