package dev.rollcall.lab.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rollcall.lab.Await;
import dev.rollcall.lab.witness.LedgerView;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Kafka that is away, has forgotten everything, repeats itself, or talks rubbish.
final class Brokers {

    private static final String TASKS = "rollcall.tasks.prompts";
    private static final String DEAD = "rollcall.dead";
    private static final List<String> SPOILT = List.of(TASKS, "rollcall.results", "rollcall.runs");
    private static final int TIMES = 3;
    private static final int WAITING = 5;
    private static final Duration BOUND = Duration.ofSeconds(30);

    /// So many of the records are rubbish to whoever reads the tasks; the others are of nobody.
    private static final int UNREADABLE = 12;

    private Brokers() {}

    /// K1
    static void stopped(Scene scene) {
        scene.latency("600..1200");
        for (int seconds : scene.thorough() ? List.of(10, 180) : List.of(10)) {
            scene.work().mixture(15, 5);
            scene.awaitRunning(10);
            scene.note("Kafka is stopped for %d s".formatted(seconds));
            scene.nemesis().withoutKafka(Duration.ofSeconds(seconds));
            scene.heal();
        }
    }

    /// K3
    static void wiped(Scene scene) {
        scene.latency("600..1200");
        scene.work().mixture(15, 5);
        scene.awaitRunning(10);
        scene.note("kill -9 Kafka, delete its data, create the topics anew");
        scene.witness().tap().close();
        scene.nemesis().wipeKafka();
        scene.witness().tap().begin();
        scene.heal();
    }

    /// K5. Some of the hints are of tasks that wait as long as their provider has asked for.
    static void replayed(Scene scene) {
        scene.latency("500..1000");
        scene.mode("mistral", "{\"latency\":\"100..200\",\"throttleRate\":0.5,\"retryAfter\":\"4\"}");
        scene.work().mixture(15, 5);
        scene.awaitFinal(40);
        scene.require("tasks wait for their provider", BOUND, () -> waiting(scene) >= WAITING);
        var records = new ArrayList<>(scene.witness().tap().of(TASKS));
        for (int n = 1; n < TIMES; n++) {
            records.addAll(scene.witness().tap().of(TASKS));
        }
        Chance.shuffle(records, scene.random());
        try (var sender = new Sender(scene.lab().system().kafkaBootstrap())) {
            records.forEach(sender::again);
        }
        scene.note("%d hints sent again, while %d tasks wait".formatted(records.size(), waiting(scene)));
        scene.latency("500..1000");
        scene.heal();
    }

    private static long waiting(Scene scene) {
        return scene.witness().look(LedgerView::waiting);
    }

    /// K7
    static void rubbish(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(15, 5);
        scene.awaitFinal(20);
        List<byte[]> rubbish = unreadable(scene);
        try (var sender = new Sender(scene.lab().system().kafkaBootstrap())) {
            for (String topic : SPOILT) {
                sender.allow(topic, 8 << 20);
                rubbish.forEach(value -> sender.send(topic, value));
                sender.send(topic, null);
            }
        }
        scene.note("%d records of rubbish on each of three topics".formatted(rubbish.size() + 1));
        for (String topic : SPOILT) {
            scene.require(
                    "what nobody can read on %s is set aside".formatted(topic),
                    BOUND,
                    () -> setAside(scene, topic) >= UNREADABLE);
        }
        scene.work().mixture(5, 2);
        scene.heal();
    }

    /// What the dead letters say that they were on this topic.
    private static long setAside(Scene scene, String topic) {
        return scene.witness().tap().of(DEAD).stream()
                .map(letter -> letter.headers().lastHeader("rollcall-topic"))
                .filter(origin -> origin != null && new String(origin.value(), UTF_8).equals(topic))
                .count();
    }

    /// What a worker that acknowledges before it claims leaves behind when it dies.
    static void acknowledgedEarly(Scene scene) {
        scene.latency("500..1000");
        scene.work().mixture(15, 5);
        scene.awaitFinal(20);
        Processes.workers(scene).forEach(scene.nemesis()::kill);
        try (var group = new Group(scene.lab().system().kafkaBootstrap(), "rollcall-workers-prompts")) {
            scene.require("the group is empty", Duration.ofSeconds(30), group::isEmpty);
            scene.note("%d hints are acknowledged that nobody has claimed".formatted(group.skip(TASKS)));
        }
        Processes.workers(scene).forEach(scene.nemesis()::raise);
        scene.heal();
    }

    private static List<byte[]> unreadable(Scene scene) {
        var tasks = scene.witness().look(LedgerView::tasks);
        long somebodys = scene.oneOf(tasks).id();
        String day = LocalDate.now(ZoneId.of("America/New_York")).toString();
        var texts = List.of(
                "",
                "no JSON at all",
                "{\"day\":\"" + day,
                "null",
                "[]",
                "{\"day\":\"%s\",\"provider\":\"openai\",\"tasks\":[1152921504606846975]}".formatted(day),
                "{\"day\":\"1999-01-01\",\"provider\":\"openai\",\"tasks\":[%d]}".formatted(somebodys),
                "{\"day\":\"%s\",\"provider\":\"nobody\",\"tasks\":[%d]}".formatted(day, somebodys),
                "{\"day\":\"%s\",\"provider\":\"gemini\",\"tasks\":[%d]}".formatted(day, somebodys),
                "{\"day\":\"%s\",\"provider\":\"openai\",\"tasks\":[]}".formatted(day),
                "{\"version\":99,\"what\":\"a record of a later version\"}",
                "[".repeat(10_000) + "]".repeat(10_000),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));
        var all = new ArrayList<byte[]>();
        texts.forEach(text -> all.add(text.getBytes(UTF_8)));
        all.add(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xfe, 0});
        all.add("x".repeat(5 << 20).getBytes(UTF_8));
        return all;
    }

    /// K2
    static void killedTenTimes(Scene scene) {
        scene.latency("600..1200");
        for (int n = 0; n < 10; n++) {
            scene.replenish();
            int broker = oneOf(scene);
            scene.note("kill -9 broker %d".formatted(broker));
            var away = Duration.ofMillis(scene.random().nextInt(2000));
            scene.nemesis().withoutBroker(broker, () -> Await.rest(away));
            Await.rest(Duration.ofSeconds(2));
        }
        if (scene.thorough()) {
            withTwoOfThree(scene);
        }
        scene.heal();
    }

    /// The others lead its partitions, and all work ends while it is away.
    private static void withTwoOfThree(Scene scene) {
        scene.replenish();
        scene.awaitRunning(10);
        int broker = oneOf(scene);
        scene.note("kill -9 broker %d, for as long as there is work".formatted(broker));
        scene.nemesis().withoutBroker(broker, () -> scene.awaitAllOver(BOUND));
    }

    private static int oneOf(Scene scene) {
        return 1 + scene.random().nextInt(scene.lab().system().kafka().size());
    }

    /// K4
    static void offsetsDeleted(Scene scene) {
        scene.latency("600..1200");
        scene.work().mixture(40, 10);
        scene.awaitFinal(40);
        Processes.workers(scene).forEach(scene.nemesis()::kill);
        try (var group = new Group(scene.lab().system().kafkaBootstrap(), "rollcall-workers-prompts")) {
            scene.require("the group is empty", Duration.ofSeconds(30), group::isEmpty);
            group.forget();
        }
        scene.note("the offsets are deleted");
        Processes.workers(scene).forEach(scene.nemesis()::raise);
        scene.heal();
    }
}
