@NullMarked
package dev.rollcall.local.check;

import org.jspecify.annotations.NullMarked;
