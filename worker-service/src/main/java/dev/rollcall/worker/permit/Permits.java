package dev.rollcall.worker.permit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/// This worker's permits: how many calls to each provider it may have on the wire, and how many it has.
@ApplicationScoped
public class Permits {
    private final Map<String, Share> shares = new HashMap<>();

    /// Takes up to `wanted` permits.
    ///
    /// @return how many were free, 0 when none
    public synchronized int take(String provider, int wanted) {
        Share share = shares.get(provider);
        if (share == null) {
            return 0;
        }
        int taken = Math.clamp(share.granted - share.used, 0, wanted);
        share.used += taken;
        return taken;
    }

    public synchronized void giveBack(String provider, int permits) {
        share(provider).used -= permits;
    }

    /// Gives up permits before the ledger offers them to others; those in use stay. What is in use beyond the grant
    /// is left from an incarnation that is gone: the ledger has given it to others.
    ///
    /// @return what is kept: the target, or what is in use of the grant if that is more
    synchronized int lower(String provider, int target) {
        Share share = share(provider);
        share.granted = Math.min(share.granted, Math.max(target, share.used));
        return Math.max(target, share.granted);
    }

    /// The share from now on, as it stands in the ledger.
    synchronized void grant(String provider, int granted) {
        share(provider).granted = granted;
    }

    synchronized int used(String provider) {
        return share(provider).used;
    }

    /// Whether this worker has no share of the provider at all.
    public synchronized boolean none(String provider) {
        Share share = shares.get(provider);
        return share == null || share.granted == 0;
    }

    /// The incarnation that held the grants is gone.
    public synchronized void revokeAll() {
        shares.values().forEach(share -> share.granted = 0);
    }

    private Share share(String provider) {
        return shares.computeIfAbsent(provider, p -> new Share());
    }

    private static final class Share {
        private int granted;
        private int used;
    }
}
