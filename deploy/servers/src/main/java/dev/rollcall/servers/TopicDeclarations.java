package dev.rollcall.servers;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TopicExistsException;

/// Every topic there is, from `deploy/topics.properties`.
public record TopicDeclarations(List<Topic> topics) {

    private static final Set<String> SETTINGS = Set.of("partitions", "retention");

    public TopicDeclarations {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("No topic is declared");
        }
        topics = List.copyOf(topics);
    }

    /// The declarations this build was made with.
    public static TopicDeclarations load() {
        try (var in = Objects.requireNonNull(
                TopicDeclarations.class.getResourceAsStream("topics.properties"), "topics.properties isn't packaged")) {
            return parse(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TopicDeclarations parse(String text) {
        try {
            return parse(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException naming the line's key, if a setting is unknown, missing or makes no sense
    private static TopicDeclarations parse(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        var byTopic = new TreeMap<String, Map<String, String>>();
        for (String key : properties.stringPropertyNames()) {
            int dot = key.lastIndexOf('.');
            if (dot < 1 || !SETTINGS.contains(key.substring(dot + 1))) {
                throw new IllegalArgumentException(
                        "'%s' is neither <topic>.partitions nor <topic>.retention".formatted(key));
            }
            byTopic.computeIfAbsent(key.substring(0, dot), topic -> new TreeMap<>())
                    .put(key.substring(dot + 1), properties.getProperty(key).strip());
        }
        return new TopicDeclarations(byTopic.entrySet().stream()
                .map(entry -> topic(entry.getKey(), entry.getValue()))
                .toList());
    }

    private static Topic topic(String name, Map<String, String> settings) {
        for (String setting : SETTINGS) {
            if (!settings.containsKey(setting)) {
                throw new IllegalArgumentException("%s.%s is missing".formatted(name, setting));
            }
        }
        try {
            return new Topic(
                    name,
                    Integer.parseInt(settings.getOrDefault("partitions", "")),
                    Duration.parse(settings.getOrDefault("retention", "")));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "%s: partitions is a whole number and retention an ISO-8601 duration such as P2D, not %s"
                            .formatted(name, settings),
                    e);
        }
    }

    /// Creates what is missing and leaves what is there, whatever its settings.
    ///
    /// @return the names of the topics created now
    public Set<String> createMissing(String bootstrapServers) {
        try (Admin admin = Admins.create(bootstrapServers, Map.of())) {
            Set<String> there = admin.listTopics().names().get();
            var missing = topics.stream().filter(t -> !there.contains(t.name())).collect(Collectors.toSet());
            var created = new TreeSet<String>();
            var answers = admin.createTopics(
                            missing.stream().map(Topic::toCreate).toList())
                    .values();
            for (var answer : answers.entrySet()) {
                if (created(answer.getValue())) {
                    created.add(answer.getKey());
                }
            }
            return created;
        } catch (ExecutionException e) {
            throw new ServerFailure("Can't create the topics on %s: %s".formatted(bootstrapServers, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("Interrupted while creating topics", e);
        }
    }

    private static boolean created(org.apache.kafka.common.KafkaFuture<Void> answer)
            throws ExecutionException, InterruptedException {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // somebody else was faster
            }
            throw e;
        }
    }
}
