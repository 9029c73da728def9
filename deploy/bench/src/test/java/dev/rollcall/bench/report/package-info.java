@NullMarked
package dev.rollcall.bench.report;

import org.jspecify.annotations.NullMarked;
