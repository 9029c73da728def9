/// This process as the ledger knows it: an incarnation with a lease, renewed by a heartbeat.
@NullMarked
package dev.rollcall.worker.lease;

import org.jspecify.annotations.NullMarked;
