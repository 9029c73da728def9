package dev.rollcall.bench.subject;

import dev.rollcall.local.client.Api;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Watches what a service keeps in its heap, from its own metrics, until it is closed: the old generation, which holds
/// what garbage collections have found alive.
public final class Heap implements AutoCloseable {

    private static final Pattern OLD =
            Pattern.compile("jvm_memory_used_bytes\\{[^}]*id=\"Tenured Gen\"[^}]*} ([0-9.E]+)");
    private static final double MEBIBYTE = 1024 * 1024;
    private static final Duration EVERY = Duration.ofMillis(250);

    private final Api service;
    private final double before;
    private final Thread watch = Thread.ofVirtual().unstarted(this::watch);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile double most;

    private Heap(Api service) {
        this.service = service;
        this.before = used(service);
        this.most = before;
    }

    public static Heap watch(Api service) {
        var heap = new Heap(service);
        heap.watch.start();
        return heap;
    }

    /// How much more than in the beginning it was at most, in MiB.
    public double growth() {
        return (Math.max(most, used(service)) - before) / MEBIBYTE;
    }

    private void watch() {
        try {
            do {
                most = Math.max(most, used(service));
            } while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double used(Api service) {
        var found = OLD.matcher(service.text("/metrics"));
        if (!found.find()) {
            throw new IllegalStateException("the service does not tell its old generation; is it run with SerialGC?");
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        over.countDown();
    }
}
