/// Asks the trigger to make lost work due again, and shows every such attempt.
@NullMarked
package dev.rollcall.postcheck.repair;

import org.jspecify.annotations.NullMarked;
