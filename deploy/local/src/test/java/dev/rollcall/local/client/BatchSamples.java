package dev.rollcall.local.client;

import java.util.Locale;

/// What the trigger-service says of a batch with the number 17 and ten tasks.
public final class BatchSamples {

    private BatchSamples() {}

    public static String batch(String status, int succeeded, int failed) {
        return batch(status, succeeded, failed, "");
    }

    /// @param more further fields, each with a comma before it
    public static String batch(String status, int succeeded, int failed, String more) {
        return String.format(
                Locale.ROOT,
                """
                {"batchId":"17","name":"autumn","organization":"acme","status":"%s","createdAt":"2026-11-21T08:00:00Z",
                "closedAt":null,"providers":["a","b"],"rows":5,"tasks":10,"percent":%s,
                "counts":{"pending":%d,"running":0,"succeeded":%d,"failed":%d,"cancelled":0},
                "concurrency":null,"maxRetries":3,"priority":0,"new":"unknown fields are fine"%s}
                """,
                status,
                (succeeded + failed) * 10.0,
                10 - succeeded - failed,
                succeeded,
                failed,
                more);
    }
}
