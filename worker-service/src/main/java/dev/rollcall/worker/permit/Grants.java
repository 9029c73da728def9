package dev.rollcall.worker.permit;

import static java.util.stream.Collectors.groupingBy;

import dev.rollcall.worker.lease.Urgent;
import dev.rollcall.worker.permit.Shares.Party;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// Deals out the providers' permits among the living workers, in the ledger: at each heartbeat a worker takes its
/// share under a lock, so that the shares never sum to more than a provider's concurrency.
@ApplicationScoped
public class Grants {
    private final Jdbi jdbi;
    private final Permits permits;
    private volatile boolean contested;

    Grants(@Urgent Jdbi jdbi, Permits permits) {
        this.jdbi = jdbi;
        this.permits = permits;
    }

    /// A queue, and how many of its tasks may run at one time.
    public record Cap(String provider, int concurrency) {}

    /// What one worker holds of one provider.
    public record Holding(String provider, long worker, int granted, int wanted) {}

    /// Renews this worker's shares.
    ///
    /// @param held hints this worker holds per provider, waiting for a permit
    /// @return those of them that are for no queue there is
    public Map<String, Integer> renew(long incarnation, Map<String, Integer> held) {
        Map<String, Integer> granted = jdbi.inTransaction(tx -> renew(tx, incarnation, held));
        granted.forEach(permits::grant);
        if (granted.isEmpty()) {
            return Map.of(); // not our turn: there is always a queue
        }
        Map<String, Integer> lost = new HashMap<>(held);
        lost.keySet().removeAll(granted.keySet());
        return lost;
    }

    /// Whether some worker wanted more permits than it held when this one looked last: then it pays to look again soon.
    public boolean contested() {
        return contested;
    }

    private Map<String, Integer> renew(Handle tx, long incarnation, Map<String, Integer> held) {
        if (!locked(tx)) {
            // somebody else is at it, or froze at it: a heartbeat waits for nobody, the present shares stay
            return Map.of();
        }
        Map<String, List<Holding>> holdings = holdings(tx).stream().collect(groupingBy(Holding::provider));
        Map<String, Integer> granted = new HashMap<>();
        Map<String, Integer> wanted = new HashMap<>();
        boolean scarce = false;
        for (Cap cap : caps(tx)) {
            int inUse = permits.used(cap.provider());
            int wish = inUse + held.getOrDefault(cap.provider(), 0);
            List<Party> parties = new ArrayList<>();
            parties.add(new Party(incarnation, 0, wish));
            holdings.getOrDefault(cap.provider(), List.of()).stream()
                    .filter(holding -> holding.worker() != incarnation)
                    .forEach(other -> parties.add(new Party(other.worker(), other.granted(), other.wanted())));
            int share = Shares.grant(cap.concurrency(), parties, incarnation, inUse);
            int kept = permits.lower(cap.provider(), share);
            granted.put(cap.provider(), kept);
            wanted.put(cap.provider(), wish);
            parties.set(0, new Party(incarnation, kept, wish));
            scarce |= Shares.contested(parties);
        }
        contested = scarce;
        write(tx, incarnation, granted, wanted);
        return granted;
    }

    private static boolean locked(Handle tx) {
        return tx.createQuery("select pg_try_advisory_xact_lock(hashtextextended('rollcall.permits', 0))")
                .mapTo(Boolean.class)
                .one();
    }

    private static List<Cap> caps(Handle tx) {
        return tx.createQuery("select name as provider, concurrency from queue")
                .map(ConstructorMapper.of(Cap.class))
                .list();
    }

    private static List<Holding> holdings(Handle tx) {
        return tx.createQuery("""
                        select p.provider, p.worker, p.granted, p.wanted
                        from permit p join worker w on w.id = p.worker
                        where w.dead_at is null and w.stopped_at is null
                        """).map(ConstructorMapper.of(Holding.class)).list();
    }

    private static void write(Handle tx, long incarnation, Map<String, Integer> granted, Map<String, Integer> wanted) {
        List<String> providers = List.copyOf(granted.keySet());
        tx.createUpdate("""
                        insert into permit (provider, worker, granted, wanted)
                        select provider, :worker, granted, wanted
                        from unnest(:providers, :granted, :wanted) as g (provider, granted, wanted)
                        on conflict on constraint permit_pk
                        do update set granted = excluded.granted, wanted = excluded.wanted
                        where (permit.granted, permit.wanted) is distinct from (excluded.granted, excluded.wanted)
                        """)
                .bind("worker", incarnation)
                .bindArray("providers", String.class, providers)
                .bindArray(
                        "granted",
                        Integer.class,
                        providers.stream().map(granted::get).toList())
                .bindArray(
                        "wanted",
                        Integer.class,
                        providers.stream().map(wanted::get).toList())
                .execute();
    }
}
