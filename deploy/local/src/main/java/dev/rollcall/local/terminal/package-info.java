/// Text for people: aligned columns, bars, lines that are drawn anew.
@NullMarked
package dev.rollcall.local.terminal;

import org.jspecify.annotations.NullMarked;
