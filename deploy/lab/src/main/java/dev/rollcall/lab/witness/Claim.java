package dev.rollcall.lab.witness;

/// One claim of a task: what a call, an end and an owner have in common.
public record Claim(long task, int attempt) {

    @Override
    public String toString() {
        return "task %d (lane %d, item %d), attempt %d".formatted(task, task >> 24, task & 0xffffff, attempt);
    }
}
