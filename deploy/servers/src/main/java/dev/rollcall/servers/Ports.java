package dev.rollcall.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Ports of the loopback address.
final class Ports {

    private Ports() {}

    /// The wanted port, or a free one for 0.
    static int choose(int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new IllegalArgumentException("A port is 1 to 65535, or 0 for any free one, not " + wanted);
        }
        return wanted == 0 ? free() : wanted;
    }

    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
