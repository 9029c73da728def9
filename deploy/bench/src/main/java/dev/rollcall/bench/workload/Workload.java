package dev.rollcall.bench.workload;

import dev.rollcall.bench.report.Section;

/// One thing that is measured.
public interface Workload {

    /// `B1`, `B2`, ...
    String id();

    Section run(Rig rig) throws InterruptedException;
}
