@NullMarked
package dev.rollcall.servers;

import org.jspecify.annotations.NullMarked;
