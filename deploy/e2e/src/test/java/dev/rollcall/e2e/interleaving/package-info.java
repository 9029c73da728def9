@NullMarked
package dev.rollcall.e2e.interleaving;

import org.jspecify.annotations.NullMarked;
