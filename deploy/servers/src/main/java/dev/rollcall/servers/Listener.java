package dev.rollcall.servers;

/// One more door of a broker: it listens on one port and tells clients to come by another one, where something that
/// passes their bytes on stands in between.
///
/// @param name capital letters and digits
public record Listener(String name, int port, int advertised) {

    public Listener {
        if (!name.matches("[A-Z][A-Z0-9]*") || name.equals("PLAINTEXT") || name.equals("CONTROLLER")) {
            throw new IllegalArgumentException("'%s' is no name for a listener".formatted(name));
        }
    }

    String listens() {
        return ",%s://127.0.0.1:%d".formatted(name, port);
    }

    String advertises() {
        return ",%s://127.0.0.1:%d".formatted(name, advertised);
    }

    String protocol() {
        return ",%s:PLAINTEXT".formatted(name);
    }
}
