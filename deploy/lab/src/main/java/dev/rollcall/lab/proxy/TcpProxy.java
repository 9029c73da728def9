package dev.rollcall.lab.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between clients and one server on the loopback address, and behaves as it is told from the next byte on.
public final class TcpProxy implements AutoCloseable {

    private static final int BACKLOG = 512;
    private static final int CONNECT_MILLIS = 2_000;

    private final String name;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Behaviour behaviour = Behaviour.CALM;

    private TcpProxy(String name, ServerSocket door) {
        this.name = name;
        this.door = door;
    }

    /// Listens at once; whom it leads to is told by [#leadTo].
    public static TcpProxy open(String name) {
        try {
            var proxy = new TcpProxy(name, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name(name).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy %s can't listen".formatted(name), e);
        }
    }

    public TcpProxy leadTo(int port) {
        target = port;
        return this;
    }

    public String name() {
        return name;
    }

    public int port() {
        return door.getLocalPort();
    }

    /// From the next byte on.
    public void become(Behaviour next) {
        synchronized (this) {
            behaviour = next;
            notifyAll();
        }
        if (next instanceof Behaviour.Resetting) {
            reset();
        }
    }

    /// Resets every connection there is; new ones are welcome.
    public void reset() {
        links.forEach(Link::reset);
    }

    public int connections() {
        return links.size();
    }

    Behaviour behaviour() {
        return behaviour;
    }

    synchronized void awaitChange(Behaviour from) throws InterruptedException {
        while (behaviour == from && !door.isClosed()) {
            wait();
        }
    }

    void forget(Link link) {
        links.remove(link);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.startVirtualThread(() -> join(client));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void join(Socket client) {
        var server = new Socket();
        try {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
        } catch (IOException nobodyThere) {
            Link.abort(client);
            Link.abort(server);
            return;
        }
        var link = new Link(this, client, server);
        links.add(link);
        link.run();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        become(new Behaviour.Resetting());
    }
}
