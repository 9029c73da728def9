package dev.rollcall.local.system;

import dev.rollcall.servers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;

/// Which port everything listens on, always on the loopback address.
///
/// @param base the trigger's port; the others follow it. 0 takes any free ports.
public record PortPlan(int base) {

    /// Where `up` puts the trigger unless it is told otherwise.
    public static final int USUAL = 8080;

    /// Free ports, for systems that come and go.
    public static final PortPlan FREE = new PortPlan(0);

    private static final int SIMULATOR = 3;
    private static final int POSTGRES = 4;
    private static final int KAFKA = 5;
    private static final int FIRST_WORKER = 10;
    private static final int MOST_WORKERS = 100;

    public PortPlan {
        if (base != 0 && (base < 1024 || base > 65_535 - FIRST_WORKER - MOST_WORKERS)) {
            throw new IllegalArgumentException(
                    "a port base is between 1024 and %d, not %d".formatted(65_535 - FIRST_WORKER - MOST_WORKERS, base));
        }
    }

    int of(Service service, int number) {
        return base == 0
                ? Ports.free()
                : base + (service == Service.WORKER ? FIRST_WORKER + number - 1 : service.ordinal());
    }

    int simulator() {
        return base == 0 ? Ports.free() : base + SIMULATOR;
    }

    /// 0 lets the server choose.
    int postgres() {
        return base == 0 ? 0 : base + POSTGRES;
    }

    /// 0 lets the server choose.
    int kafka() {
        return base == 0 ? 0 : base + KAFKA;
    }

    /// Leaves out PostgreSQL and Kafka: what a killed launcher left of them still listens, and is ended by their own
    /// start.
    ///
    /// @throws SystemFailure naming a port that something else listens on
    void requireFree(Blueprint blueprint) {
        if (base == 0) {
            return;
        }
        var wanted = new ArrayList<Integer>();
        for (Service service : Service.values()) {
            int count = service == Service.WORKER ? blueprint.workers() : 1;
            for (int number = 1; number <= count; number++) {
                wanted.add(of(service, number));
            }
        }
        if (blueprint.simulator()) {
            wanted.add(simulator());
        }
        for (int port : wanted) {
            if (isTaken(port)) {
                throw new SystemFailure(
                        "Port %d is in use by something else. Choose other ports with --port-base.".formatted(port));
            }
        }
    }

    private static boolean isTaken(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
