@NullMarked
package dev.rollcall.bench.workload;

import org.jspecify.annotations.NullMarked;
