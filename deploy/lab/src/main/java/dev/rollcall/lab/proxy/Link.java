package dev.rollcall.lab.proxy;

import dev.rollcall.lab.proxy.Behaviour.Calm;
import dev.rollcall.lab.proxy.Behaviour.Cut;
import dev.rollcall.lab.proxy.Behaviour.Resetting;
import dev.rollcall.lab.proxy.Behaviour.Slow;
import dev.rollcall.lab.proxy.Behaviour.Throttled;
import dev.rollcall.lab.proxy.Behaviour.Trapped;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One connection through a proxy: two sockets, and a thread for each way.
final class Link {

    private static final int BUFFER = 64 << 10;
    private static final int NANOS = 1_000_000_000;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicBoolean over = new AtomicBoolean();
    private boolean upOver;
    private boolean downOver;
    private @Nullable Trap trap;
    private Trap.@Nullable Eye eye;

    Link(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void run() {
        Thread.startVirtualThread(() -> pump(Direction.UP, client, server));
        Thread.startVirtualThread(() -> pump(Direction.DOWN, server, client));
    }

    private void pump(Direction way, Socket from, Socket to) {
        byte[] bytes = new byte[BUFFER];
        try {
            while (true) {
                int length = from.getInputStream().read(bytes);
                if (!passes(way, bytes, Math.max(0, length))) {
                    reset();
                    return;
                }
                if (length < 0) {
                    to.shutdownOutput();
                    end(way);
                    return;
                }
                to.getOutputStream().write(bytes, 0, length);
            }
        } catch (IOException gone) {
            reset(); // what ended on one side ends on the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private synchronized void end(Direction way) throws IOException {
        upOver |= way == Direction.UP;
        downOver |= way == Direction.DOWN;
        if (upOver && downOver && over.compareAndSet(false, true)) {
            proxy.forget(this);
            client.close();
            server.close();
        }
    }

    /// Returns when the piece may go on, and false if it never will.
    private boolean passes(Direction way, byte[] bytes, int length) throws InterruptedException {
        while (true) {
            Behaviour behaviour = proxy.behaviour();
            switch (behaviour) {
                case Calm _ -> {
                    return true;
                }
                case Slow(var delay) -> {
                    Thread.sleep(delay);
                    return true;
                }
                case Throttled(int perSecond) -> {
                    Thread.sleep(Duration.ofNanos((long) length * NANOS / perSecond));
                    return true;
                }
                case Resetting _ -> {
                    return false;
                }
                case Trapped(Trap laid) -> {
                    return !springs(laid, way, bytes, length);
                }
                case Cut(var ways) -> {
                    if (!ways.contains(way)) {
                        return true;
                    }
                    if (over.get()) {
                        return false;
                    }
                    proxy.awaitChange(behaviour);
                }
            }
        }
    }

    private synchronized boolean springs(Trap laid, Direction way, byte[] bytes, int length) {
        Trap.Eye looking = eye;
        if (looking == null || trap != laid) {
            looking = laid.eye();
            eye = looking;
            trap = laid;
        }
        return length > 0 && laid.springs(looking, way, bytes, length);
    }

    /// Both sides see "connection reset by peer".
    void reset() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        proxy.forget(this);
        abort(client);
        abort(server);
    }

    static void abort(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
    }
}
