package dev.rollcall.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {

    private ServiceDouble service;

    @BeforeEach
    void start() throws Exception {
        service = new ServiceDouble();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void secret_and_key_are_sent_when_there_are_any() {
        service.answer("GET /x", 200, "fine");
        new Api(service.address(), "", "").text("/x");
        new Api(service.address(), "s", "k").text("/x");
        assertThat(service.sent())
                .extracting(sent -> sent.header("x-cron-secret"), sent -> sent.header("authorization"))
                .containsExactly(tuple("null", "null"), tuple("s", "Bearer k"));
    }

    @Test
    void plain_text_is_asked_for_in_any_form() {
        service.answer("GET /metrics", 200, "jobs_total 1");
        assertThat(new Api(service.address(), "").text("/metrics")).isEqualTo("jobs_total 1");
        assertThat(service.sent().getLast().header("accept")).isEqualTo("*/*");
    }

    @Test
    void a_download_that_breaks_off_is_the_services_failure() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> answerHalf(server));
            var api = new Api(URI.create("http://127.0.0.1:" + server.getLocalPort()), "");
            var received = new ByteArrayOutputStream();
            assertThatThrownBy(() -> api.download("/x", "text/csv", answer -> answer.transferTo(received)))
                    .isInstanceOf(ApiFailure.Unreachable.class)
                    .hasMessageContaining("broke off");
        }
    }

    @Test
    void a_place_that_cannot_be_written_is_not() {
        service.answer("GET /x", 200, "row\n");
        var api = new Api(service.address(), "");
        assertThatThrownBy(() -> api.download("/x", "text/csv", ApiTest::fail))
                .isInstanceOf(IOException.class)
                .hasMessage("the disk is full");
    }

    private static void fail(InputStream answer) throws IOException {
        assertThat(answer.read()).isPositive();
        throw new IOException("the disk is full");
    }

    private static void answerHalf(ServerSocket server) {
        try (var connection = server.accept()) {
            assertThat(connection.getInputStream().read(new byte[4096])).isPositive();
            String half = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nrow,answer\n";
            connection.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
