package dev.rollcall.lab.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.rollcall.lab.proxy.Trap.Eye;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Answers that a trap can be laid for, by the bytes of their protocols.
public final class Answers {

    /// PostgreSQL's CommandComplete of a COMMIT: 'C', the length 11, the tag.
    private static final String COMMITTED = "C\0\0\0\u000bCOMMIT\0";

    private static final int PRODUCE = 0;

    private Answers() {}

    /// The word that a transaction is committed. It is.
    public static Trap ofCommit(int count) {
        return new Trap(
                () -> (way, bytes, length) ->
                        way == Direction.DOWN && text(bytes, length).contains(COMMITTED),
                count);
    }

    /// The word that a statement is done which was a transaction of its own. It is.
    ///
    /// @param sql a part of the statement's text
    public static Trap ofStatement(String sql, int count) {
        return new Trap(() -> new StatementEye(sql), count);
    }

    /// The word that records were taken. They were.
    public static Trap ofProduce(int count) {
        return new Trap(ProduceEye::new, count);
    }

    /// A provider's good answer. It will be paid for.
    public static Trap ofProvider(int count) {
        return new Trap(
                () -> (way, bytes, length) ->
                        way == Direction.DOWN && text(bytes, length).startsWith("HTTP/1.1 200"),
                count);
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, ISO_8859_1);
    }

    /// A Kafka request says what it is in its fifth and sixth byte; the next answer on the connection is its own.
    private static final class ProduceEye implements Eye {
        private volatile boolean asked;

        @Override
        public boolean sees(Direction way, byte[] bytes, int length) {
            if (way == Direction.UP) {
                asked = length > 6 && ((bytes[4] & 0xff) << 8 | (bytes[5] & 0xff)) == PRODUCE && bytes[0] == 0;
                return false;
            }
            return asked;
        }
    }

    /// A statement is sent with its text, later under the name that it was prepared by.
    private static final class StatementEye implements Eye {
        private static final Pattern NAME = Pattern.compile("(S_\\d+)$");

        private final String sql;
        private final Set<String> names = ConcurrentHashMap.newKeySet();
        private volatile boolean asked;

        StatementEye(String sql) {
            this.sql = sql;
        }

        @Override
        public boolean sees(Direction way, byte[] bytes, int length) {
            String text = text(bytes, length);
            if (way == Direction.DOWN) {
                return asked;
            }
            int at = text.indexOf(sql);
            if (at >= 0) {
                var name = NAME.matcher(text.substring(0, Math.max(0, text.lastIndexOf('\0', at))));
                if (name.find()) {
                    names.add(name.group(1));
                }
            }
            asked = at >= 0 || names.stream().anyMatch(name -> text.contains("\0" + name + "\0"));
            return false;
        }
    }
}
