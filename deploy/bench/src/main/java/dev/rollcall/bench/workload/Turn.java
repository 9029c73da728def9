package dev.rollcall.bench.workload;

import dev.rollcall.bench.machine.Cpu;

/// What one turn of one contestant came to.
///
/// @param seconds from the first byte that was handed in to the last task's end being in the database
/// @param cpu of all that worked for it
/// @param right whether rows and checksums are what they must be
record Turn(int tasks, double seconds, Cpu cpu, boolean right) {

    double tasksPerSecond() {
        return tasks / seconds;
    }

    String told() {
        return "%,.0f tasks/s, %.0f µs of CPU a task%s"
                .formatted(tasksPerSecond(), cpuMicrosPerTask(), right ? "" : ", WRONG ROWS");
    }

    double cpuMicrosPerTask() {
        return cpu.sum() / tasks * 1e6;
    }
}
