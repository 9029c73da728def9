package dev.rollcall.worker.permit;

import java.util.Comparator;
import java.util.List;

/// How a provider's permits are divided among the workers: first everybody's wish, evenly where the wishes exceed what
/// is there; then the rest evenly, so that a worker whose work is yet to come has permits at hand.
final class Shares {
    private Shares() {}

    /// One worker's part in the division.
    ///
    /// @param worker the incarnation
    /// @param granted what it holds now
    /// @param wanted calls it makes and hints it holds
    record Party(long worker, int granted, int wanted) {}

    /// What `me` may hold from now on. Everybody computes the same division from the same rows; nobody takes more
    /// than what the others leave, and nobody gives up a permit that is in use: the sum never exceeds the cap.
    ///
    /// @param inUse permits of `me` that are on the wire now
    static int grant(int concurrency, List<Party> all, long me, int inUse) {
        int others = all.stream()
                .filter(party -> party.worker() != me)
                .mapToInt(Party::granted)
                .sum();
        int fair = fair(concurrency, all, me);
        return Math.max(0, Math.min(Math.max(fair, inUse), concurrency - others));
    }

    /// Whether shares may move soon: somebody wants more than it holds, and there is somebody else to give it up.
    static boolean contested(List<Party> all) {
        return all.size() > 1 && all.stream().anyMatch(party -> party.wanted() > party.granted());
    }

    private static int fair(int concurrency, List<Party> all, long me) {
        List<Party> modestFirst = all.stream()
                .sorted(Comparator.comparingInt(Party::wanted).thenComparingLong(Party::worker))
                .toList();
        int left = concurrency;
        int mine = 0;
        for (int i = 0; i < modestFirst.size(); i++) {
            Party party = modestFirst.get(i);
            // rounded up for those who want more, who come last: a lone permit goes to somebody who can use it
            int share = Math.min(party.wanted(), left / (modestFirst.size() - i));
            left -= share;
            mine = party.worker() == me ? share : mine;
        }
        List<Party> eager = modestFirst.reversed();
        int rank = 0;
        while (eager.get(rank).worker() != me) {
            rank++;
        }
        return mine + left / all.size() + (rank < left % all.size() ? 1 : 0);
    }
}
