/// What happened really: the ledger beside the simulator's call log. Knows nothing of the services.
@NullMarked
package dev.rollcall.local.witness;

import org.jspecify.annotations.NullMarked;
