package dev.rollcall.lab.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Behind the proxy is a server that says everything back.
class TcpProxyTest {

    private static final int PATIENCE = 5_000;
    private static final int A_MOMENT = 300;

    private ServerSocket server;
    private TcpProxy proxy;
    private Socket client;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::echo);
        proxy = TcpProxy.open("test").leadTo(server.getLocalPort());
        client = connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE);
        return socket;
    }

    private void echo() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (IOException gone) {
                        return;
                    }
                });
            }
        } catch (IOException closing) {
            return;
        }
    }

    private static void say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(UTF_8));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
    }

    @Test
    void calm_it_is_as_if_it_were_not_there() throws IOException {
        say(client, "hello");
        assertThat(hear(client, 5)).isEqualTo("hello");
        assertThat(proxy.connections()).isEqualTo(1);
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void what_is_sent_through_a_cut_arrives_when_it_is_mended() throws IOException {
        proxy.become(Behaviour.CUT);
        say(client, "hello");
        client.setSoTimeout(A_MOMENT);
        assertThatThrownBy(() -> hear(client, 5)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE);
        proxy.become(Behaviour.CALM);
        assertThat(hear(client, 5)).isEqualTo("hello");
    }

    @Test
    void a_cut_may_be_of_one_way_only() throws IOException {
        var otherEnd = new StringBuilder();
        proxy.become(new Behaviour.Cut(Set.of(Direction.DOWN)));
        say(client, "hello");
        client.setSoTimeout(A_MOMENT);
        assertThatThrownBy(() -> hear(client, 5)).isInstanceOf(SocketTimeoutException.class);
        proxy.become(new Behaviour.Cut(Set.of(Direction.UP)));
        client.setSoTimeout(PATIENCE);
        otherEnd.append(hear(client, 5));
        assertThat(otherEnd).hasToString("hello");
    }

    @Test
    void a_reset_is_seen_by_the_client_and_new_connections_are_welcome() throws IOException {
        say(client, "hello");
        assertThat(hear(client, 5)).isEqualTo("hello");
        proxy.reset();
        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        try (Socket next = connect()) {
            say(next, "again");
            assertThat(hear(next, 5)).isEqualTo("again");
        }
    }

    @Test
    void a_trap_swallows_the_answer_it_was_laid_for_and_then_no_more() throws IOException {
        var trap = Answers.ofProvider(1);
        proxy.become(new Behaviour.Trapped(trap));
        say(client, "HTTP/1.1 500 ");
        assertThat(hear(client, 13)).isEqualTo("HTTP/1.1 500 ");
        say(client, "HTTP/1.1 200 ");
        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        assertThat(trap.sprung()).isEqualTo(1);
        try (Socket next = connect()) {
            say(next, "HTTP/1.1 200 ");
            assertThat(hear(next, 13)).isEqualTo("HTTP/1.1 200 ");
        }
    }

    @Test
    void slow_it_takes_its_time_each_way() throws IOException {
        proxy.become(new Behaviour.Slow(Duration.ofMillis(100)));
        long begun = System.nanoTime();
        say(client, "hello");
        assertThat(hear(client, 5)).isEqualTo("hello");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void throttled_it_passes_so_many_bytes_a_second() throws IOException {
        proxy.become(new Behaviour.Throttled(10_000));
        long begun = System.nanoTime();
        say(client, "x".repeat(2_000));
        assertThat(hear(client, 2_000)).hasSize(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void nobody_behind_it_is_a_reset() throws IOException {
        server.close();
        try (Socket next = connect()) {
            assertThatThrownBy(() -> hear(next, 1)).isInstanceOf(SocketException.class);
        }
    }
}
