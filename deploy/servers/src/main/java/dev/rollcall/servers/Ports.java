package dev.rollcall.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of the loopback address.
public final class Ports {

    private static final int FIRST = 12_000;
    private static final int COUNT = 20_000;
    private static final AtomicInteger next =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /// The wanted port, or a free one for 0.
    static int choose(int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, or 0 for any free one, not " + wanted);
        }
        return wanted == 0 ? free() : wanted;
    }

    /// A port nobody listens on, another one at each call. It is taken from below the range the system gives to
    /// outgoing connections: one from that range could be gone before the server binds it.
    public static int free() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
            if (canBind(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port between %d and %d is free".formatted(FIRST, FIRST + COUNT - 1));
    }

    private static boolean canBind(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
