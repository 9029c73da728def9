@NullMarked
package dev.rollcall.local.system;

import org.jspecify.annotations.NullMarked;
