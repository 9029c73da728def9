package dev.rollcall.trigger.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.trigger.intake.Parts.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartsTest {
    private static final String TWO = """
            --b
            Content-Disposition: form-data; name="request"
            Content-Type: application/json

            {}
            --b
            content-disposition: form-data; filename="x; name=y"; name=rows

            a,b
            1,\r2
            --bb is not at the start of\r a line --b
            --
            --b--
            and more
            """.replace("\n", "\r\n").replace("\r\n--bb", "\r\n--c");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void partsAreFoundHoweverTheyArrive(int pieces) throws IOException {
        assertThat(read(TWO, pieces))
                .containsExactly("request={}", "rows=a,b\r\n1,\r2\r\n--c is not at the start of\r a line --b\r\n--");
    }

    @Test
    void aPartMayBeLargerThanEveryBufferAndFullOfWhatLooksLikeAnEnd() throws IOException {
        String content = "\r\n--a\r\n-\r".repeat(50_000);
        assertThat(read("--b\r\nContent-Disposition: form-data; name=x\r\n\r\n" + content + "\r\n--b--", 100_000))
                .containsExactly("x=" + content);
    }

    @Test
    void whatIsLeftOfAPartIsPassedOver() throws IOException {
        Parts parts = new Parts(new Slowly(TWO, 3), "b");
        assertThat(parts.next()).isNotNull();
        assertThat(parts.next()).isNotNull().extracting(Part::name).isEqualTo("rows");
        assertThat(parts.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no parts",
                "--b\r\nContent-Disposition: form-data; name=x\r\n\r\nnever ends",
                "--b\r\n\r\nno name\r\n--b--",
                "--b\r\nContent-Disposition: form-data; name=x"
            })
    void whatIsNoFormIsRefused(String body) {
        assertThatThrownBy(() -> read(body, 100_000)).isInstanceOf(io.quarkiverse.resteasy.problem.HttpProblem.class);
    }

    private static List<String> read(String body, int pieces) throws IOException {
        Parts parts = new Parts(new Slowly(body, pieces), "b");
        List<String> found = new ArrayList<>();
        for (Part part = parts.next(); part != null; part = parts.next()) {
            found.add(part.name() + "=" + new String(part.content().readAllBytes(), ISO_8859_1));
        }
        return found;
    }

    /// Gives no more than some bytes at a time.
    private static final class Slowly extends InputStream {
        private final ByteArrayInputStream in;
        private final int most;

        private Slowly(String text, int most) {
            this.in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
            this.most = most;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return in.read(target, offset, Math.min(length, most));
        }
    }
}
