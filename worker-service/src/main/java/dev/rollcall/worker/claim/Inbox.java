package dev.rollcall.worker.claim;

import dev.rollcall.worker.permit.Permits;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The hints this worker holds, a queue per provider, so that a provider without free permits stands in nobody's way.
/// The dispatcher bounds what is held: it hints little more than what can run.
@ApplicationScoped
public class Inbox {
    private static final int MOST_AT_ONCE = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Deque<Hint>> queues = new HashMap<>();
    private final Permits permits;
    private boolean stirred;

    Inbox(Permits permits) {
        this.permits = permits;
    }

    void put(List<Hint> hints) {
        lock.lock();
        try {
            hints.forEach(hint -> queue(hint.provider()).add(hint));
            stir();
        } finally {
            lock.unlock();
        }
    }

    /// Puts hints back to where they came from, to be tried again; their permits have been given back.
    public void putBack(List<Hint> hints) {
        lock.lock();
        try {
            hints.reversed().forEach(hint -> queue(hint.provider()).addFirst(hint));
        } finally {
            lock.unlock();
        }
    }

    /// Drops the oldest hints of a queue that there is not.
    ///
    /// @return what was dropped
    public List<Hint> drop(String provider, int oldest) {
        lock.lock();
        try {
            Deque<Hint> queue = queue(provider);
            List<Hint> dropped = new ArrayList<>();
            while (dropped.size() < oldest && !queue.isEmpty()) {
                dropped.add(queue.remove());
            }
            if (queue.isEmpty()) {
                queues.remove(provider);
            }
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /// A permit has come. It is nobody's matter if no hint waits for it.
    public void freed(String provider) {
        lock.lock();
        try {
            Deque<Hint> waiting = queues.get(provider);
            if (waiting != null && !waiting.isEmpty()) {
                stir();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Permits or hints may have come.
    public void stirred() {
        lock.lock();
        try {
            stir();
        } finally {
            lock.unlock();
        }
    }

    /// Takes hints, each with a permit, as soon as there are any.
    ///
    /// @return empty when none came within the bound
    public List<Hint> take(Duration bound) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = bound.toNanos();
            List<Hint> taken = takeNow();
            while (taken.isEmpty() && left > 0 && !stirred) {
                left = changed.awaitNanos(left);
                taken = takeNow();
            }
            stirred = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Takes whatever hints there are, without permits, as soon as there are any.
    ///
    /// @return empty when none came within the bound
    public List<Hint> takeAll(Duration bound) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = bound.toNanos();
            while (queues.isEmpty() && left > 0 && !stirred) {
                left = changed.awaitNanos(left);
            }
            stirred = false;
            List<Hint> taken = queues.values().stream().flatMap(Deque::stream).toList();
            queues.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// How many hints wait for a permit, per provider.
    public Map<String, Integer> held() {
        lock.lock();
        try {
            Map<String, Integer> held = new HashMap<>();
            queues.forEach((provider, queue) -> held.put(provider, queue.size()));
            return held;
        } finally {
            lock.unlock();
        }
    }

    private List<Hint> takeNow() {
        List<Hint> taken = new ArrayList<>();
        queues.forEach((provider, queue) -> {
            int wanted = Math.min(queue.size(), MOST_AT_ONCE - taken.size());
            for (int left = wanted > 0 ? permits.take(provider, wanted) : 0; left > 0; left--) {
                taken.add(queue.remove());
            }
        });
        return taken;
    }

    private Deque<Hint> queue(String provider) {
        return queues.computeIfAbsent(provider, p -> new ArrayDeque<>());
    }

    private void stir() {
        stirred = true;
        changed.signal();
    }
}
