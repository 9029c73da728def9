@NullMarked
package dev.rollcall.lab.proxy;

import org.jspecify.annotations.NullMarked;
