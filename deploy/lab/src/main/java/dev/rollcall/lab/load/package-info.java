/// What is under way when a fault strikes.
@NullMarked
package dev.rollcall.lab.load;

import org.jspecify.annotations.NullMarked;
