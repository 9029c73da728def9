package dev.rollcall.lab.nemesis;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.nemesis.Strike.Kind;
import dev.rollcall.lab.proxy.Behaviour;
import dev.rollcall.lab.proxy.Direction;
import dev.rollcall.lab.proxy.TcpProxy;
import dev.rollcall.local.process.Signal;
import dev.rollcall.local.system.LocalSystem;
import dev.rollcall.servers.TopicDeclarations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Does harm, writes down what it did, and takes it away again.
public final class Nemesis implements AutoCloseable {

    private static final Duration GONE = Duration.ofSeconds(20);

    private final Laboratory lab;
    private final List<Strike> strikes = new CopyOnWriteArrayList<>();
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean postgresDown;

    public Nemesis(Laboratory lab) {
        this.lab = lab;
    }

    public List<Strike> since(Instant start) {
        return strikes.stream()
                .filter(strike -> !strike.until().isBefore(start))
                .toList();
    }

    /// SIGKILL.
    public void kill(String name) {
        Instant from = Instant.now();
        system().kill(name);
        strikes.add(new Strike(Kind.KILL, name, from, Instant.now()));
    }

    /// SIGTERM; returns when it is gone.
    ///
    /// @return whether it went by itself
    public boolean term(String name) {
        Instant from = Instant.now();
        boolean went = system().stop(name);
        strikes.add(new Strike(went ? Kind.TERM : Kind.KILL, name, from, Instant.now()));
        return went;
    }

    /// Starts what has ended, as a cluster would, and does not wait for it.
    public void raise(String name) {
        if (!system().isAlive(name)) {
            system().raise(name);
        }
    }

    /// SIGSTOP for so long, then SIGCONT.
    public void freeze(String name, Duration time) {
        Instant from = Instant.now();
        stopped.add(name);
        system().signal(name, "STOP");
        Await.rest(time);
        system().signal(name, "CONT");
        stopped.remove(name);
        strikes.add(new Strike(Kind.STOP, name, from, Instant.now()));
    }

    /// Nothing gets through, the given ways, for so long.
    public void cut(List<TcpProxy> links, Set<Direction> directions, Duration time) {
        Instant from = Instant.now();
        links.forEach(way -> way.become(new Behaviour.Cut(directions)));
        Await.rest(time);
        mend(links, from);
    }

    /// Takes a cut away that somebody has made by hand.
    public void mend(List<TcpProxy> links, Instant from) {
        links.forEach(way -> way.become(Behaviour.CALM));
        links.forEach(way -> strikes.add(new Strike(Kind.CUT, way.name(), from, Instant.now())));
    }

    /// Writes down what was done by other means.
    public void note(Kind kind, String target, Instant from) {
        strikes.add(new Strike(kind, target, from, Instant.now()));
    }

    /// All of Kafka is stopped and away for so long.
    public void withoutKafka(Duration time) {
        Instant from = Instant.now();
        system().kafka().close();
        Await.rest(time);
        system().kafka().start();
        note(Kind.CUT, "kafka", from);
    }

    /// One broker is killed, and away until something is over.
    public void withoutBroker(int number, Runnable meanwhile) {
        Instant from = Instant.now();
        system().kafka().kill(number);
        meanwhile.run();
        system().kafka().start();
        note(Kind.CUT, "kafka", from);
    }

    /// Kafka is killed and comes back without a single record.
    public void wipeKafka() {
        Instant from = Instant.now();
        system().kafka().kill();
        system().kafka().erase();
        system().kafka().start();
        TopicDeclarations.load().createMissing(system().kafkaBootstrap());
        note(Kind.CUT, "kafka", from);
    }

    /// PostgreSQL goes and comes back.
    ///
    /// @param signal `INT` is a fast stop, `QUIT` an immediate one, `KILL` a crash
    public void restartPostgres(String signal, Duration away) {
        Instant from = Instant.now();
        postgresDown = true;
        long pid = system().pids().getOrDefault("postgresql", 0L);
        Signal.send(pid, signal);
        if (!Await.within(
                GONE, () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty())) {
            throw new LabFailure("PostgreSQL does not go at " + signal);
        }
        system().killPostgres(); // gone already: this frees its folder
        Await.rest(away);
        system().restartPostgres();
        postgresDown = false;
        note(Kind.CUT, "postgres", from);
    }

    /// PostgreSQL and Kafka die in the same moment.
    ///
    /// @return when
    public Instant killServers() {
        Instant from = Instant.now();
        postgresDown = true;
        system().kafka().kill();
        system().killPostgres();
        return from;
    }

    /// PostgreSQL and Kafka, as they were.
    ///
    /// @param from when they died
    public void raiseServers(Instant from) {
        system().restartPostgres();
        postgresDown = false;
        system().kafka().start();
        note(Kind.CUT, "kafka and postgres", from);
    }

    /// Everything is there again and nothing stands in between.
    public void heal() {
        lab.ways().calm();
        close();
        stopped.clear();
        if (postgresDown) {
            system().restartPostgres();
            postgresDown = false;
        }
        system().kafka().start();
        system().names().forEach(this::raise);
    }

    /// Returns when every service is ready.
    public void awaitAll() {
        system().names().forEach(system()::awaitReady);
    }

    private LocalSystem system() {
        return lab.system();
    }

    /// Lets go of what is frozen, so that it can be stopped.
    @Override
    public void close() {
        for (String name : stopped) {
            system().signal(name, "CONT");
        }
    }
}
