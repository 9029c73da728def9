/// What the operating system knows: CPU, memory, versions.
@NullMarked
package dev.rollcall.bench.machine;

import org.jspecify.annotations.NullMarked;
