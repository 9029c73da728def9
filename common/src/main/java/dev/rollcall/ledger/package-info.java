/// What every service must agree on about the ledger: its states, its ids, how to reach it.
@NullMarked
package dev.rollcall.ledger;

import org.jspecify.annotations.NullMarked;
