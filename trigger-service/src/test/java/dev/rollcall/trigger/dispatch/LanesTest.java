package dev.rollcall.trigger.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.ledger.Ledger;
import dev.rollcall.testing.Backends;
import dev.rollcall.testing.LedgerFixture;
import dev.rollcall.trigger.QuietDispatcher;
import dev.rollcall.trigger.dispatch.Lanes.Due;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class LanesTest {
    /// Its worker was leaving when it got the hint: it has handed it back before the dispatcher wrote that it was sent.
    @Test
    void whatWasHandedBackMeanwhileIsNotDropped() {
        try (QuietDispatcher _ = new QuietDispatcher();
                Handle handle = Ledger.over(Backends.adminDataSource()).open()) {
            new LedgerFixture(Backends.adminDataSource()).clean();
            handle.execute(
                    "insert into retry (task, day, lane, attempt, not_before) select task, date '2026-11-21', 1, 0,"
                            + " case task when 3 then '-infinity' else now() end from generate_series(1, 3) as task");
            List<Due> due = Lanes.due(handle, List.of(1L), List.of(3));
            assertThat(due).hasSize(3);
            handle.execute("update retry set not_before = not_before + interval '1 second' where task = 2");
            Lanes.dispatched(handle, List.of(), due);
            assertThat(handle.createQuery("select task from retry")
                            .mapTo(Long.class)
                            .list())
                    .containsExactly(2L);
        }
    }

    /// Its system answers TCP for it, so only PostgreSQL can end the session that holds the lock.
    @Test
    void aFrozenDispatcherDoesNotKeepTheLock() {
        try (Handle handle = Ledger.over(Backends.adminDataSource()).open()) {
            String before = setting(handle, "idle_in_transaction_session_timeout");
            Lanes.enter(handle);
            assertThat(setting(handle, "idle_session_timeout")).isEqualTo("1min");
            assertThat(setting(handle, "idle_in_transaction_session_timeout")).isEqualTo("1min");
            Lanes.leave(handle);
            assertThat(setting(handle, "idle_session_timeout")).isEqualTo("0");
            assertThat(setting(handle, "idle_in_transaction_session_timeout")).isEqualTo(before);
        }
    }

    private static String setting(Handle handle, String name) {
        return handle.createQuery("show " + name).mapTo(String.class).one();
    }
}
