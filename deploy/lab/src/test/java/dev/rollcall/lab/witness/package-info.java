@NullMarked
package dev.rollcall.lab.witness;

import org.jspecify.annotations.NullMarked;
