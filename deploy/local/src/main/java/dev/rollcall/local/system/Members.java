package dev.rollcall.local.system;

import dev.rollcall.local.process.Child;
import dev.rollcall.local.process.Program;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// The children of one system by name. Once it is closing, nothing new is started.
final class Members {

    private record Member(Child child, URI address, String health) {}

    private final Path folder;
    private final Readiness readiness = new Readiness();
    private final Map<String, Member> byName = new LinkedHashMap<>();
    private boolean closing;

    Members(Path folder) {
        this.folder = folder;
    }

    /// @param health the path that answers 200 when it is ready
    synchronized void start(Program program, int port, String health) {
        requireOpen();
        var address = URI.create("http://127.0.0.1:" + port);
        byName.put(program.name(), new Member(Child.start(program, folder), address, health));
    }

    void awaitReady(String name) throws InterruptedException {
        var member = member(name);
        readiness.await(member.child(), member.address().resolve(member.health()));
    }

    /// The same program on the same port again.
    synchronized void restart(String name) {
        requireOpen();
        var old = member(name);
        if (old.child().isAlive()) {
            throw new IllegalStateException(name + " is running");
        }
        byName.put(name, new Member(Child.start(old.child().program(), folder), old.address(), old.health()));
    }

    synchronized void forget(String name) {
        byName.remove(name);
    }

    synchronized List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Child child(String name) {
        return member(name).child();
    }

    URI address(String name) {
        return member(name).address();
    }

    synchronized void closing() {
        closing = true;
    }

    /// Stops the named ones side by side.
    void stop(Predicate<String> which, Duration patience) {
        var chosen = new ArrayList<Child>();
        synchronized (this) {
            byName.values().stream()
                    .map(Member::child)
                    .filter(child -> which.test(child.name()))
                    .forEach(chosen::add);
        }
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            chosen.forEach(child -> each.execute(() -> child.stop(patience)));
        }
    }

    private synchronized Member member(String name) {
        var member = byName.get(name);
        if (member == null) {
            throw new IllegalArgumentException("nobody is called %s, but %s are".formatted(name, byName.keySet()));
        }
        return member;
    }

    private void requireOpen() {
        if (closing) {
            throw new SystemFailure("The system is being stopped.");
        }
    }
}
