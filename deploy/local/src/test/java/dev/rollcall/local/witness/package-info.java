@NullMarked
package dev.rollcall.local.witness;

import org.jspecify.annotations.NullMarked;
