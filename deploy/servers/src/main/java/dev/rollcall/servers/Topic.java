package dev.rollcall.servers;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/// One declared topic.
public record Topic(String name, int partitions, Duration retention) {

    private static final int MOST_PARTITIONS = 1_000;

    public Topic {
        if (!name.matches("[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("'%s' is no topic's name".formatted(name));
        }
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "%s.partitions is %d, but must be 1 to %d".formatted(name, partitions, MOST_PARTITIONS));
        }
        if (retention.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "%s.retention is %s, but must be longer than nothing".formatted(name, retention));
        }
    }

    /// With as many copies as the cluster makes by default.
    NewTopic toCreate() {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(retention.toMillis()),
                        "message.timestamp.type", "LogAppendTime"));
    }
}
