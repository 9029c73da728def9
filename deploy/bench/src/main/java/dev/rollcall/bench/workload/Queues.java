package dev.rollcall.bench.workload;

import dev.rollcall.bench.subject.Subject;

/// Providers made for one workload.
final class Queues {

    private Queues() {}

    /// A provider whose queue hands out nothing.
    static void paused(Subject subject, String id) {
        provider(subject, id, "http://127.0.0.1:9", 1);
        subject.ledger()
                .database()
                .execute("insert into queue_setting (queue, paused_at) values ('%s', now())".formatted(id));
    }

    /// @param concurrency calls at one time
    static void provider(Subject subject, String id, String url, int concurrency) {
        subject.ledger().database().execute("""
                insert into provider (id, protocol, base_url, model, concurrency, key_variable)
                values ('%s', 'openai', '%s', 'm', %d, 'DEMO_OPENAI_KEY')
                """.formatted(id, url, concurrency));
    }
}
