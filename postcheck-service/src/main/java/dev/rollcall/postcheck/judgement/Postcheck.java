package dev.rollcall.postcheck.judgement;

import dev.rollcall.postcheck.census.Censuses;
import dev.rollcall.postcheck.census.Intentions;
import dev.rollcall.postcheck.census.JudgedRun;
import dev.rollcall.postcheck.census.Runs;
import dev.rollcall.postcheck.news.Announcer;
import dev.rollcall.postcheck.repair.Healer;
import dev.rollcall.postcheck.repair.RepairReport;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/// Judges a run, keeps the verdict in the history, then tells everybody else.
@Singleton
public class Postcheck {
    private static final Logger LOG = Logger.getLogger(Postcheck.class);
    private static final RepairReport NOT_ASKED_FOR = RepairReport.idle("no repair was asked for", List.of());
    private static final RepairReport NO_RUN_TO_REPAIR =
            RepairReport.idle("nothing to repair: open the day's run first (POST /api/runs of the trigger)", List.of());

    private final Runs runs;
    private final Censuses censuses;
    private final Intentions intentions;
    private final Healer healer;
    private final Judgements judgements;
    private final Announcer announcer;
    private final Emitter<byte[]> coverage;
    private final Gauges gauges;
    private final InstantSource clock;
    private final ZoneId zone;

    Postcheck(
            Runs runs,
            Censuses censuses,
            Intentions intentions,
            Healer healer,
            Judgements judgements,
            Announcer announcer,
            @Channel("coverage") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> coverage,
            Gauges gauges,
            InstantSource clock,
            @ConfigProperty(name = "rollcall.zone") ZoneId zone) {
        this.runs = runs;
        this.censuses = censuses;
        this.intentions = intentions;
        this.healer = healer;
        this.judgements = judgements;
        this.announcer = announcer;
        this.coverage = coverage;
        this.gauges = gauges;
        this.clock = clock;
        this.zone = zone;
    }

    /// Today, where the runs' days are counted.
    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /// Judges on demand.
    ///
    /// @param run a run's number or key; null for the newest run of today
    /// @throws UnknownRun when there is none of that name
    Answer onDemand(Optional<String> run, boolean repair) {
        Instant started = clock.instant();
        Judgement judgement = run.isPresent()
                ? judge(runs.find(run.get()).orElseThrow(() -> new UnknownRun(run.get())), repair)
                : judge(today(), repair);
        judgements.record(judgement, "request", started, clock.instant());
        return announce(judgement);
    }

    /// Judges the day's newest run, read-only, unless the schedule did so before.
    void bySchedule(LocalDate day) {
        judgements
                .onceFor(day, clock.instant(), () -> judge(day, false), clock::instant)
                .ifPresentOrElse(this::announce, () -> LOG.infof("%s was judged by schedule already", day));
    }

    private Judgement judge(LocalDate day, boolean repair) {
        return runs.newestOf(day)
                .map(run -> judge(run, repair))
                .orElseGet(() -> Judgement.ofNoRun(
                        day, intentions.now(), clock.instant(), repair ? NO_RUN_TO_REPAIR : NOT_ASKED_FOR));
    }

    /// The verdict is about what was there before the repair: what is made due again takes minutes to run.
    private Judgement judge(JudgedRun run, boolean repair) {
        Instant at = clock.instant();
        var census = censuses.of(run);
        RepairReport report = repair
                ? healer.heal(run, census.tasks(), "postcheck")
                : RepairReport.idle(NOT_ASKED_FOR.note(), healer.attemptsOf(run));
        return Judgement.of(run, census, at, report);
    }

    private Answer announce(Judgement judgement) {
        Summary summary = judgement.summary();
        LOG.infof(
                "run %s is %s: prompts %s %%, organizations %s %%%s",
                summary.runKey(),
                summary.overallHealth(),
                summary.promptCoveragePercent(),
                summary.orgCoveragePercent(),
                summary.reason() == null ? "" : " (" + summary.reason() + ")");
        gauges.show(summary);
        return Answer.of(judgement, announcer.tell(coverage, judgement.news()));
    }
}
