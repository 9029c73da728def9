package dev.rollcall.bench.workload;

import dev.rollcall.bench.peer.Unavailable;
import dev.rollcall.bench.subject.Order;

/// Somebody who runs tasks when it is their turn.
interface Contestant {

    String name();

    /// Warms up, then runs the order.
    ///
    /// @throws Unavailable if it can't be had on this machine
    Turn turn(Order order) throws Unavailable, InterruptedException;
}
