/// Trigger a night, watch it, verify it.
@NullMarked
package dev.rollcall.local.check;

import org.jspecify.annotations.NullMarked;
