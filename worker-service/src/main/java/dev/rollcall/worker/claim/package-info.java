/// Takes hints from the topic and makes them claims in the ledger.
@NullMarked
package dev.rollcall.worker.claim;

import org.jspecify.annotations.NullMarked;
