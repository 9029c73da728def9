package dev.rollcall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Queues and keys.
class OperatorCommandsTest {

    @TempDir
    Path folder = Path.of("");

    private CommandRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new CommandRig(folder);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void queues_stand_in_a_table_with_their_rate() {
        rig.service().answer("GET /api/queues", 200, """
                {"items":[{"name":"openai","type":"prompt","pool":"prompts","concurrency":8,
                "pausedAt":"2026-11-21T08:00:00Z","perTick":10,"tickMs":60000,"delayMs":100,"waiting":1200,"running":3,
                "oldestWaitingSeconds":75,"perMinute":33.5,"averageMillis":812.4,"p95Millis":1900},
                {"name":"http","type":"http","pool":"prompts","concurrency":64,"waiting":0,"running":0,"perMinute":0}]}
                """);
        var lines = rig.run("queues").out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("openai", "paused", "10 per 60 s, 100 ms apart", "1,200", "75 s", "812 ms");
        assertThat(lines.get(2)).contains("http", "open", " 64 ");
    }

    @Test
    void a_queue_is_paused_resumed_and_set() {
        rig.service()
                .answer("POST /api/queues/openai/pause", 204, "")
                .answer("POST /api/queues/openai/resume", 204, "")
                .answer("PATCH /api/queues/openai", 200, "{\"name\":\"openai\"}");
        assertThat(rig.run("queues", "pause", "openai").out()).contains("openai is paused");
        assertThat(rig.run("queues", "resume", "openai").out()).contains("openai is open");
        assertThat(rig.run("queues", "set", "openai", "--per-tick", "10", "--tick", "1m", "--delay", "100ms")
                        .status())
                .isZero();
        assertThat(rig.service().sent().getLast().body())
                .isEqualTo("{\"perTick\":10,\"tickMs\":60000,\"delayMs\":100}");
    }

    @Test
    void a_setting_that_makes_no_sense_is_bad_usage_and_is_not_sent() {
        for (String line : new String[] {"", " --per-tick 5", " --delay soon", " --concurrency many"}) {
            assertThat(rig.run(("queues set openai" + line).split(" ")).status())
                    .as(line)
                    .isEqualTo(2);
        }
        assertThat(rig.service().sent()).isEmpty();
    }

    @Test
    void a_new_key_is_alone_on_standard_output() {
        rig.service().answer("POST /api/keys?organization=acme", 201, "{\"keyId\":\"k1\",\"key\":\"rc_k1_secret\"}");
        var created = rig.run(
                "keys create --organization acme --name ci --scope read --scope write --expires 90d".split(" "));
        assertThat(created.out()).isEqualToIgnoringNewLines("rc_k1_secret");
        assertThat(created.err()).contains("k1").doesNotContain("secret");
        assertThat(rig.service().sent().getLast().body())
                .contains("\"name\":\"ci\"", "[\"read\",\"write\"]", "\"expiresAt\":\"20");
    }

    @Test
    void keys_are_listed_and_revoked_by_their_id() {
        rig.service().answer("GET /api/keys?limit=200", 200, """
                {"items":[{"keyId":"k1","name":"ci","organization":"acme","scopes":["read"],
                "createdAt":"2026-11-21T08:00:00Z","revokedAt":"2026-11-21T09:00:00Z"}]}
                """).answer("DELETE /api/keys/k1", 204, "");
        assertThat(rig.run("keys", "list").out()).contains("k1", "ci", "acme", "revoked");
        assertThat(rig.run("keys", "revoke", "k1").out()).contains("Key k1 is revoked");
        assertThat(rig.run("keys", "revoke", "rc_k1_secret").status()).isEqualTo(2);
    }

    @Test
    void a_new_signing_secret_is_alone_on_standard_output() {
        rig.service().answer("PUT /api/signing-secret?organization=acme", 200, "{\"secret\":\"whsec_abc\"}");
        assertThat(rig.run("keys", "signing-secret", "--organization", "acme").out())
                .isEqualToIgnoringNewLines("whsec_abc");
    }

    @Test
    void a_refusal_is_said_in_the_services_words_and_ends_with_1() {
        rig.service().answer("DELETE /api/keys/k1", 403, "{\"detail\":\"this needs the scope operate\"}");
        var refused = rig.run("keys", "revoke", "k1");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualToIgnoringNewLines("this needs the scope operate");
    }

    @Test
    void a_key_file_that_is_missing_or_empty_is_bad_usage() {
        var missing = CommandRig.plain(
                "keys", "list", "--key-file", folder.resolve("none").toString());
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("none can't be read");
    }
}
