/// What a run froze when it opened and how each part of it stands now, read from the ledger.
@NullMarked
package dev.rollcall.postcheck.census;

import org.jspecify.annotations.NullMarked;
