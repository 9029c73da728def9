@NullMarked
package dev.rollcall.local.terminal;

import org.jspecify.annotations.NullMarked;
