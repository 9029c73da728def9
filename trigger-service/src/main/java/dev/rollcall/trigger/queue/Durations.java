package dev.rollcall.trigger.queue;

import dev.rollcall.trigger.news.Heard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long work has taken of late, per queue: what this replica has heard since it started.
@ApplicationScoped
class Durations {
    private final Map<String, RecentEnds> queues = new ConcurrentHashMap<>();

    void heard(@Observes Heard heard) {
        long now = System.nanoTime();
        heard.ended().forEach(ended -> {
            if (ended.millis() != null) {
                queues.computeIfAbsent(ended.provider(), queue -> new RecentEnds())
                        .add(ended.millis(), now);
            }
        });
    }

    /// Of the last minute.
    RecentEnds.Summary of(String queue) {
        RecentEnds ends = queues.get(queue);
        return ends == null ? RecentEnds.Summary.NONE : ends.summary(System.nanoTime());
    }
}
