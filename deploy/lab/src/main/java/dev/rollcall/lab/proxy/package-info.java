/// A TCP proxy that is slow, cuts, resets and drops answers as it is told.
@NullMarked
package dev.rollcall.lab.proxy;

import org.jspecify.annotations.NullMarked;
