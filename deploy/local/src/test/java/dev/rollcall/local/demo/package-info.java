@NullMarked
package dev.rollcall.local.demo;

import org.jspecify.annotations.NullMarked;
