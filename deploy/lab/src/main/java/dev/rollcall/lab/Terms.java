package dev.rollcall.lab;

import dev.rollcall.local.system.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What the services are told, so that silence is noticed in seconds; and what is promised under these terms. All of
/// it is configuration: the code is the code that ships.
///
/// @param heartbeat how often a worker renews its lease
/// @param lease how long it holds
/// @param lostAfter when a reconciler takes hints for lost
/// @param reconcileEvery how often it looks
/// @param concurrency calls at one time of each provider
public record Terms(Duration heartbeat, Duration lease, Duration lostAfter, Duration reconcileEvery, int concurrency) {

    /// Leases of seconds.
    public static final Terms SHORT =
            new Terms(Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1), 8);

    /// How long a worker that leaves lets its calls finish.
    public static final Duration DRAIN = Duration.ofSeconds(2);

    /// What everything must move again within, once a fault is healed.
    public static final Duration PROGRESS = Duration.ofSeconds(60);

    public Terms withReconcilers(Duration every, Duration lost) {
        return new Terms(heartbeat, lease, lost, every, concurrency);
    }

    Terms allowing(int calls) {
        return new Terms(heartbeat, lease, lostAfter, reconcileEvery, calls);
    }

    Map<Service, Map<String, String>> settings() {
        var settings = new HashMap<Service, Map<String, String>>();
        settings.put(
                Service.WORKER,
                Map.of(
                        "ROLLCALL_WORKER_HEARTBEAT",
                        millis(heartbeat),
                        "ROLLCALL_WORKER_LEASE",
                        millis(lease),
                        "ROLLCALL_WORKER_DRAIN",
                        millis(DRAIN),
                        "MP_MESSAGING_INCOMING_TASKS_SESSION_TIMEOUT_MS",
                        Long.toString(lease.toMillis()),
                        "ROLLCALL_PROVIDER_REFRESH",
                        "500ms",
                        "ROLLCALL_PROVIDER_BACKOFF_CAP",
                        "10s",
                        "ROLLCALL_PROVIDER_RETRY_AFTER_MOST",
                        "10s",
                        "ROLLCALL_HTTP_ALLOW",
                        "127.0.0.1"));
        settings.put(
                Service.RECONCILER,
                Map.of(
                        "ROLLCALL_RECONCILE_EVERY", millis(reconcileEvery),
                        "ROLLCALL_RECONCILE_LOST_AFTER", millis(lostAfter)));
        settings.put(Service.TRIGGER, Map.of("ROLLCALL_API_REQUESTS_PER_SECOND", "0"));
        return settings;
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }
}
