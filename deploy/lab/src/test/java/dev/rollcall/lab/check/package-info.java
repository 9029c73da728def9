@NullMarked
package dev.rollcall.lab.check;

import org.jspecify.annotations.NullMarked;
