package dev.rollcall.postcheck.judgement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The last verdict as numbers; not a number before the first one since the start.
@Singleton
class Gauges {
    private final MeterRegistry meters;
    private volatile @Nullable Summary last;

    Gauges(MeterRegistry meters) {
        this.meters = meters;
        gauge("prompts", "covered prompts of the run that was judged last");
        gauge("organizations", "found organizations of the run that was judged last");
    }

    private void gauge(String of, String description) {
        Gauge.builder("rollcall.postcheck.coverage.percent", this, gauges -> gauges.percent(of))
                .tag("of", of)
                .description(description)
                .register(meters);
    }

    void show(Summary summary) {
        last = summary;
        meters.counter(
                        "rollcall.postcheck.judgements",
                        "health",
                        summary.overallHealth().name())
                .increment();
    }

    private double percent(String of) {
        Summary summary = last;
        if (summary == null) {
            return Double.NaN;
        }
        return ("prompts".equals(of) ? summary.promptCoveragePercent() : summary.orgCoveragePercent()).doubleValue();
    }
}
