package dev.rollcall.trigger.run;

/// What a caller may name a run by.
sealed interface RunId {
    record Number(long value) implements RunId {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    record Key(String value) implements RunId {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /// Digits are the run's number, anything else its key. A key always holds a colon, so the two can't be confused.
    static RunId of(String given) {
        return given.matches("[0-9]{1,18}") ? new Number(Long.parseLong(given)) : new Key(given);
    }
}
