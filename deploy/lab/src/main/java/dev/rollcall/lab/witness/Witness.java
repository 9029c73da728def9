package dev.rollcall.lab.witness;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.LabFailure;
import dev.rollcall.lab.Laboratory;
import dev.rollcall.lab.load.Tenants;
import dev.rollcall.lab.witness.Evidence.Limit;
import dev.rollcall.local.client.SimulatorApi.Call;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers what was seen of one trial from everywhere outside the services.
public final class Witness implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(200);

    private final Laboratory lab;
    private final Journal journal;
    private final Calls calls;
    private final Tap tap;

    public Witness(Laboratory lab, Journal journal, Calls calls, Tap tap) {
        this.lab = lab;
        this.journal = journal;
        this.calls = calls;
        this.tap = tap;
        look(ledger -> {
            ledger.install();
            return true;
        });
    }

    public Journal journal() {
        return journal;
    }

    public Tap tap() {
        return tap;
    }

    /// A trial begins.
    public Mark mark() {
        calls.next();
        tap.forget();
        return look(LedgerView::mark);
    }

    /// Looks into the ledger, past the proxies.
    public <T> T look(Function<LedgerView, T> question) {
        try (var connection = lab.ledger()) {
            return question.apply(new LedgerView(connection));
        } catch (SQLException e) {
            throw new LabFailure("the ledger can't be left: " + e.getMessage(), e);
        }
    }

    /// Waits until everything that was begun is final.
    ///
    /// @return whether it came to that
    public boolean awaitEnd(Duration bound) {
        return Await.within(bound, STEP, () -> look(LedgerView::open) == 0);
    }

    /// Everything that was seen since the mark.
    ///
    /// @param healed when the last fault was taken away
    public Evidence gather(
            Mark mark, @Nullable Instant healed, List<Limit> limits, List<Footprint> before, List<Footprint> after) {
        Instant now = Instant.now();
        List<Call> seen = calls.next();
        try (var connection = lab.ledger()) {
            var ledger = new LedgerView(connection);
            var tasks = ledger.tasks();
            var endings = ledger.endings();
            var told = new Told(lab);
            var batches = ledger.batches().stream().map(told::of).toList();
            var eyes = new Eyes(new Secrets(lab.secrets()));
            var sights = new Surroundings(lab, eyes).sights(batches, tasks);
            return new Evidence(
                    lab.terms(),
                    healed,
                    now,
                    lab.nemesis().since(mark.at()),
                    tasks,
                    endings,
                    ledger.changes(mark),
                    ledger.waits(),
                    ledger.incarnations(),
                    batches,
                    ledger.closings(mark),
                    ledger.runs(mark),
                    seen,
                    tap.announced(),
                    journal.since(mark.at()),
                    sights,
                    new Recount(tasks, endings, seen).of(lab, ledger.runs(mark), batches),
                    new Leaks(lab).find(ledger, eyes.leaks()),
                    before,
                    after,
                    allowed(),
                    limits);
        } catch (SQLException e) {
            throw new LabFailure("the ledger can't be left: " + e.getMessage(), e);
        }
    }

    private Map<String, Integer> allowed() {
        var allowed = new HashMap<String, Integer>();
        Tenants.PROVIDERS.forEach(name -> allowed.put(name, lab.terms().concurrency()));
        return allowed;
    }

    @Override
    public void close() {
        tap.close();
    }
}
