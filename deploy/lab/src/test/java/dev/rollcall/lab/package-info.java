@NullMarked
package dev.rollcall.lab;

import org.jspecify.annotations.NullMarked;
