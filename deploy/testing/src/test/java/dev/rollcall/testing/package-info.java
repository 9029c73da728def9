@NullMarked
package dev.rollcall.testing;

import org.jspecify.annotations.NullMarked;
