package dev.rollcall.trigger.dispatch;

/// What may go out to one queue until the next look.
///
/// @param waiting tasks that are to be hinted, now or later
/// @param free hints its window has room for; 0 or less: none
/// @param allowed hints its rate leaves, see [Throttle]
record Window(Room room, long waiting, int free, int allowed) {
    String queue() {
        return room.queue();
    }

    /// Whether it is worth a look what is waiting.
    boolean isAsked() {
        return waiting > 0 && free > 0;
    }

    /// Only what somebody asked for by name goes out.
    boolean isHeld() {
        return room.paused() || allowed == 0;
    }

    /// Neither an operator nor a lack of room holds anything back.
    boolean isOpen() {
        return free > 0 && !room.paused() && !room.throttled();
    }

    int places() {
        return Math.max(0, isHeld() ? free : Math.min(free, allowed));
    }
}
