package dev.rollcall.local.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Starts what ends by itself again, as a cluster would: at once the first time, then ever later.
public final class Supervision {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final long LONGEST_WAIT_SECONDS = 30;

    private final LocalSystem system;
    private final Consumer<String> news;
    private final Map<String, Integer> falls = new HashMap<>();
    private final Map<String, Long> notBefore = new HashMap<>();

    /// @param news gets a line for a person whenever something was done
    public Supervision(LocalSystem system, Consumer<String> news) {
        this.system = system;
        this.news = news;
    }

    /// Returns when PostgreSQL or Kafka is gone; nothing here can heal that.
    public void watch() throws InterruptedException {
        while (system.serversAlive()) {
            for (String name : system.names()) {
                if (!system.isAlive(name)) {
                    raise(name);
                }
            }
            Thread.sleep(LOOK);
        }
    }

    private void raise(String name) {
        if (System.nanoTime() - notBefore.getOrDefault(name, System.nanoTime()) < 0) {
            return;
        }
        int fall = falls.merge(name, 1, Integer::sum);
        long wait = Math.min(LONGEST_WAIT_SECONDS, 1L << Math.min(fall, 5));
        notBefore.put(name, System.nanoTime() + Duration.ofSeconds(wait).toNanos());
        news.accept("%s ended by itself; starting it again. Its log: %s".formatted(name, system.log(name)));
        try {
            system.restart(name);
            news.accept(name + " is back.");
        } catch (SystemFailure e) {
            news.accept(String.valueOf(e.getMessage()));
        }
    }
}
