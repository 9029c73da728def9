package dev.rollcall.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/// One broker, or several that keep a copy of every record each and go on while most of them are there. They are
/// numbered from 1; each can be ended and started again, on the same port with the same data, alone or with all others.
public final class KafkaCluster implements AutoCloseable {

    private final Path dataFolder;
    private final List<Broker> brokers;
    private final List<Integer> controllers;
    private final String id = Uuid.randomUuid().toString();
    private final Map<Integer, KafkaServer> servers = new ConcurrentSkipListMap<>();

    private KafkaCluster(Path dataFolder, List<Broker> brokers) {
        this.dataFolder = dataFolder;
        this.brokers = brokers.stream()
                .map(broker -> broker.at(Ports.choose(broker.port())))
                .toList();
        this.controllers = brokers.stream().map(broker -> Ports.free()).toList();
    }

    /// Starts the brokers and returns when all take part.
    ///
    /// @param dataFolder the first broker's; the others' are beside it
    public static KafkaCluster start(Path dataFolder, List<Broker> brokers) {
        var cluster = new KafkaCluster(dataFolder, brokers);
        cluster.start();
        return cluster;
    }

    /// Starts those that have ended again, and returns when they take part.
    public synchronized void start() {
        servers.values().removeIf(KafkaCluster::hasEnded);
        // at once: none is ready before a majority is there
        var starts = numbers()
                .filter(number -> !servers.containsKey(number))
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> servers.put(number, launch(number)), Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(starts).join();
        } catch (CompletionException e) {
            close();
            throw e.getCause() instanceof ServerFailure failure ? failure : e;
        }
    }

    private static boolean hasEnded(KafkaServer server) {
        if (server.isAlive()) {
            return false;
        }
        server.close(); // its folder is free for the next one, also when it has ended by itself
        return true;
    }

    private KafkaServer launch(int number) {
        return KafkaServer.start(folder(number), number, brokers.get(number - 1), controllers, id);
    }

    /// Deletes all records. All brokers must have ended.
    public void erase() {
        numbers().mapToObj(this::folder).forEach(KafkaServer::erase);
    }

    private Path folder(int number) {
        return number == 1 ? dataFolder : dataFolder.resolveSibling(dataFolder.getFileName() + "-" + number);
    }

    private IntStream numbers() {
        return IntStream.rangeClosed(1, brokers.size());
    }

    public int size() {
        return brokers.size();
    }

    public String bootstrapServers() {
        return brokers.stream().map(broker -> "127.0.0.1:" + broker.port()).collect(Collectors.joining(","));
    }

    /// The process numbers, in the order of the brokers.
    public List<Long> pids() {
        return servers.values().stream().map(KafkaServer::pid).toList();
    }

    /// Whether every one of them runs.
    public boolean isAlive() {
        return servers.values().stream().allMatch(KafkaServer::isAlive);
    }

    /// SIGKILL for all of them.
    public void kill() {
        servers.values().forEach(KafkaServer::kill);
    }

    /// SIGKILL for one of them.
    public void kill(int number) {
        var server = servers.get(number);
        if (server == null) {
            throw new IllegalArgumentException("there is no broker %d of %d".formatted(number, size()));
        }
        server.kill();
    }

    /// SIGTERM for all of them at once, and SIGKILL if it takes too long.
    @Override
    public void close() {
        var ends = servers.values().stream()
                .map(server -> CompletableFuture.runAsync(server::close, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends).join();
    }
}
