/// What a person reads at the end.
@NullMarked
package dev.rollcall.lab.report;

import org.jspecify.annotations.NullMarked;
