package dev.rollcall.lab.fault;

import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.local.system.Service;

/// One more process of a service, for the time of a fault: on its own straight way to the servers, as no harm is meant
/// to come to it, and not among those that are judged by what they hold.
record Guest(LocalSystem system, String name) implements AutoCloseable {

    /// Returns when it is ready.
    static Guest of(Service service, LocalSystem system) {
        return new Guest(system, system.add(service));
    }

    /// Stops it in good order.
    @Override
    public void close() {
        system.dismiss(name);
    }
}
