package dev.rollcall.worker.permit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.worker.permit.Shares.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {
    @Test
    void aLoneWorkerHasAll() {
        assertThat(Shares.grant(16, List.of(new Party(1, 0, 0)), 1, 0)).isEqualTo(16);
    }

    @Test
    void idleWorkersShareEvenly() {
        assertThat(Shares.grant(16, List.of(new Party(1, 16, 0), new Party(2, 0, 0)), 1, 0))
                .isEqualTo(8);
    }

    @Test
    void aNewcomerWaitsUntilOthersHaveGivenUp() {
        assertThat(Shares.grant(16, List.of(new Party(1, 16, 0), new Party(2, 0, 9)), 2, 0))
                .isZero();
    }

    @Test
    void permitsFollowWhoHasWork() {
        List<Party> parties = List.of(new Party(1, 8, 0), new Party(2, 8, 40));
        assertThat(Shares.grant(16, parties, 1, 0)).isZero();
        assertThat(Shares.grant(16, List.of(new Party(1, 0, 0), new Party(2, 8, 40)), 2, 8))
                .isEqualTo(16);
    }

    @Test
    void aLonePermitGoesToTheOneWhoCanUseIt() {
        List<Party> parties = List.of(new Party(1, 1, 0), new Party(2, 0, 1));
        assertThat(Shares.grant(1, parties, 1, 0)).isZero();
        assertThat(Shares.grant(1, List.of(new Party(1, 0, 0), new Party(2, 0, 1)), 2, 0))
                .isOne();
    }

    @Test
    void whatIsOnTheWireIsKept() {
        assertThat(Shares.grant(4, List.of(new Party(1, 4, 4), new Party(2, 0, 4)), 1, 4))
                .isEqualTo(4);
    }

    @Test
    void permitsAreContestedWhileSomebodyElseMayGiveThemUp() {
        Party idle = new Party(1, 8, 0);
        Party waiting = new Party(2, 8, 9);
        assertThat(Shares.contested(List.of(idle, waiting))).isTrue();
        assertThat(Shares.contested(List.of(idle, new Party(2, 8, 8)))).isFalse();
        assertThat(Shares.contested(List.of(waiting))).isFalse();
    }

    @Test
    void theSharesNeverExceedTheConcurrencyAndSettleOnAllOfIt() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int workers = 1 + random.nextInt(5);
            int concurrency = 1 + random.nextInt(40);
            int[] granted = new int[workers];
            int[] wanted = random.ints(workers, 0, 50).toArray();
            for (int beat = 0; beat < workers * 6; beat++) {
                int me = beat % workers;
                int used = Math.min(granted[me], wanted[me]) / 2;
                granted[me] = Shares.grant(concurrency, parties(granted, wanted), me, used);
                assertThat(java.util.Arrays.stream(granted).sum()).isLessThanOrEqualTo(concurrency);
            }
            assertThat(java.util.Arrays.stream(granted).sum()).isEqualTo(concurrency);
        }
    }

    private static List<Party> parties(int[] granted, int[] wanted) {
        List<Party> parties = new ArrayList<>();
        for (int worker = 0; worker < granted.length; worker++) {
            parties.add(new Party(worker, granted[worker], wanted[worker]));
        }
        return parties;
    }
}
