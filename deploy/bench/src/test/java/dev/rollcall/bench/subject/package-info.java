@NullMarked
package dev.rollcall.bench.subject;

import org.jspecify.annotations.NullMarked;
