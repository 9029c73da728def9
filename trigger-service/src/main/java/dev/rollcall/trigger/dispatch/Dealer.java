package dev.rollcall.trigger.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;

import dev.rollcall.trigger.dispatch.Lanes.Due;
import dev.rollcall.trigger.hint.FastPath;
import dev.rollcall.trigger.hint.Transit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Looks into the ledger what waits and what there is room for, and decides what goes out next.
final class Dealer {
    /// While there is nothing to do.
    static final Duration IDLE = Duration.ofMillis(500);
    /// While there is open work. Ends that nobody waits for wake no dispatcher.
    private static final Duration OPEN = Duration.ofMillis(100);
    /// While a rate holds work back.
    private static final Duration HELD = Duration.ofMillis(20);

    private final FastPath fastPath;
    private final Rates rates = new Rates();
    private final Throttle throttle = new Throttle();
    private volatile boolean waited;
    private volatile Duration patience = IDLE;
    private long lookedFor;

    Dealer(FastPath fastPath) {
        this.fastPath = fastPath;
    }

    /// Whether something waited for room at the last look: then every end may make it. For any thread.
    boolean waited() {
        return waited;
    }

    /// Whether there was no open work at the last look. For any thread.
    boolean isIdle() {
        return patience.equals(IDLE);
    }

    /// How long until the next look if nothing happens.
    Duration patience() {
        return patience;
    }

    /// How long the last look took, in nanoseconds.
    long lookedFor() {
        return lookedFor;
    }

    Deal deal(Handle handle) {
        long began = System.nanoTime();
        // Asked before the look: what it surely finds and needs no turn. Asked after it: what may take
        // up room, as whoever hints by himself says so before he commits.
        Transit found = fastPath.committed();
        List<Room> rooms = Lanes.rooms(handle);
        List<Window> windows = windows(rooms, found, fastPath.transit());
        Deal deal = Deal.of(
                windows,
                waiting(handle, windows.stream().filter(Window::isAsked).toList(), found));
        waited = deal.waits();
        patience = patience(rooms);
        lookedFor = System.nanoTime() - began;
        return deal;
    }

    private List<Window> windows(List<Room> rooms, Transit found, Transit transit) {
        long now = System.nanoTime();
        return rooms.stream()
                .map(room -> new Window(
                        room,
                        room.waiting() - found.inQueue(room.queue()),
                        room.free(rates.observe(room, now)) - transit.inQueue(room.queue()),
                        throttle.allowed(room, now)))
                .toList();
    }

    /// What of these queues could go out now, were there room for it.
    private static List<Source> waiting(Handle handle, List<Window> windows, Transit found) {
        if (windows.isEmpty()) {
            return List.of();
        }
        Set<String> held =
                windows.stream().filter(Window::isHeld).map(Window::queue).collect(toSet());
        List<String> queues = windows.stream().map(Window::queue).toList();
        return Lanes.sources(handle, queues).stream()
                .map(source -> source.without(found.onLane(source.lane())))
                .map(source -> held.contains(source.provider()) ? source.pressedOnly() : source)
                .filter(source -> source.waiting() > 0)
                .toList();
    }

    private static Duration patience(List<Room> rooms) {
        if (rooms.stream().anyMatch(room -> room.open() && room.throttled())) {
            return HELD;
        }
        return rooms.stream().anyMatch(Room::open) ? OPEN : IDLE;
    }

    /// Finds the tasks that are meant.
    Dispatch dispatch(Handle handle, Deal deal) {
        return Dispatch.of(deal.turns(), due(handle, Dispatch.turnsOfLanesWithDue(deal.turns())));
    }

    private List<Due> due(Handle handle, Map<Long, Integer> turns) {
        if (turns.isEmpty()) {
            return List.of();
        }
        Transit before = fastPath.transit();
        List<Long> lanes = List.copyOf(turns.keySet());
        List<Due> due = Lanes.due(
                handle,
                lanes,
                lanes.stream()
                        .map(lane -> turns.getOrDefault(lane, 0) + before.onLane(lane))
                        .toList());
        Transit after = fastPath.transit();
        return due.stream().filter(entry -> !after.has(entry.task())).toList();
    }

    /// The broker has them.
    void sent(Dispatch dispatch) {
        long now = System.nanoTime();
        dispatch.hints()
                .forEach(hint -> throttle.sent(hint.provider(), hint.tasks().size(), now));
    }

    /// What a look came to.
    ///
    /// @param turns the source of each hint that is to go out, in order
    /// @param left hints that may still go out after them, of the queues in which then nobody waits
    /// @param waits whether something waits all the same: for room, or for a place of its batch. What waits for its
    ///     time does not count, but where there is no room: who has none is not asked what its work waits for.
    record Deal(List<Source> turns, Map<String, Integer> left, boolean waits) {
        static Deal of(List<Window> windows, List<Source> waiting) {
            Map<String, Long> due =
                    waiting.stream().collect(groupingBy(Source::provider, summingLong(Source::waiting)));
            Map<String, List<Source>> kept = Bounds.keep(waiting).stream().collect(groupingBy(Source::provider));
            List<Source> turns = new ArrayList<>();
            Map<String, Integer> left = new HashMap<>();
            boolean waits = false;
            for (Window window : windows) {
                List<Source> sources = kept.getOrDefault(window.queue(), List.of());
                List<Source> dealt = Turns.deal(sources, window.places());
                turns.addAll(dealt);
                long waiters = window.isAsked() ? due.getOrDefault(window.queue(), 0L) : window.waiting();
                waits |= waiters > dealt.size() && !window.room().paused();
                int wanted = sources.stream().mapToInt(Source::waiting).sum();
                if (dealt.size() == wanted && window.isOpen()) {
                    left.put(window.queue(), window.free() - wanted);
                }
            }
            return new Deal(turns, left, waits);
        }
    }
}
