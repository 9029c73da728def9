/// Starts the whole system, hurts it as a printed seed says, and judges it from outside.
@NullMarked
package dev.rollcall.lab;

import org.jspecify.annotations.NullMarked;
