/// Rollcall as it is measured: the whole system, and its ledger from outside.
@NullMarked
package dev.rollcall.bench.subject;

import org.jspecify.annotations.NullMarked;
