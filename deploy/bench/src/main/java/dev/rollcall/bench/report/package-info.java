/// Results for people and for programs.
@NullMarked
package dev.rollcall.bench.report;

import org.jspecify.annotations.NullMarked;
