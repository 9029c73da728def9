package dev.rollcall.reconciler.silence;

import dev.rollcall.reconciler.silence.Silences.Orphan;
import dev.rollcall.reconciler.silence.Verdicts.Sighting;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// A door to the reconciler's statements: what one pass does about a worker that fell silent.
public final class SilenceStatements {
    private SilenceStatements() {}

    public static void declareDead(Handle tx, long worker) {
        List<Sighting> silent = Silences.living(tx).stream()
                .filter(sighting -> sighting.worker() == worker)
                .toList();
        Silences.declareDead(tx, silent);
        Silences.orphans(tx).forEach(orphan -> Silences.takeBack(tx, orphan));
    }

    /// What comes when the broker has the news.
    public static void forget(Handle tx) {
        Silences.forget(tx, Silences.orphans(tx).stream().map(Orphan::claim).toList());
    }
}
