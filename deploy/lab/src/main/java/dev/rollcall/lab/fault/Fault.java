package dev.rollcall.lab.fault;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Every fault there is, with what it does in a sentence.
public enum Fault {
    NONE(Length.OTHER, "nothing at all: what everything else is compared with", Calm::nothing),
    ACK(Length.LONG, "all workers die, and their hints were acknowledged before", Brokers::acknowledgedEarly),
    C1(
            Length.SHORT,
            "kill -9 a random worker every 5 s (long set: for 60 s, 500 tasks of 1-8 s)",
            Processes::killWorkers),
    C2(Length.SHORT, "kill -9 the trigger at each step of creating a batch", Processes::killTriggerAtEachStep),
    C3(Length.LONG, "kill -9 reconciler and postcheck, both reconcilers at once", Processes::killJudges),
    C4(Length.LONG, "kill -9 everything together, start in random order", Processes::killEverything),
    C5(Length.SHORT, "rolling SIGTERM of the workers, which hand back what takes too long", Processes::rollWorkers),
    C6(Length.SHORT, "SIGSTOP a worker for three leases, then SIGCONT", Processes::freezeWorker),
    C7(Length.SHORT, "a task that kills every worker it runs on", Processes::poison),
    K1(Length.SHORT, "Kafka is stopped for 10 s (long set: and for 180 s)", Brokers::stopped),
    K2(Length.LONG, "a broker killed ten times (long set: of three)", Brokers::killedTenTimes),
    K3(Length.SHORT, "Kafka's data wiped, topics created anew", Brokers::wiped),
    K4(Length.LONG, "the workers' offsets deleted: everything is read again", Brokers::offsetsDeleted),
    K5(
            Length.SHORT,
            "every hint replayed three times, shuffled, while tasks wait to be tried again",
            Brokers::replayed),
    K7(Length.SHORT, "records that nobody can read, of nobody, and of somebody else", Brokers::rubbish),
    P1(Length.SHORT, "PostgreSQL restarted, fast and immediate, under load", Databases::restarted),
    P2(Length.LONG, "PostgreSQL killed five times", Databases::killedFiveTimes),
    P3(Length.SHORT, "backends terminated at random", Databases::terminated),
    P4(Length.LONG, "PostgreSQL away for 30 s", Databases::awayForLong),
    P5(Length.LONG, "rows locked for 20 s", Databases::locked),
    P7(Length.LONG, "connections nearly used up", Databases::crowded),
    P8(Length.LONG, "the workers' role may do too much, or its commits do not last", Databases::unsafe),
    N1(Length.LONG, "a worker cut off from Kafka, PostgreSQL, the provider; both ways and one way", Networks::cutOff),
    N2(Length.LONG, "ways that are slow or narrow, and connections reset at random", Networks::resets),
    N3(Length.SHORT, "answers lost: of a COMMIT, of a produce, of the provider", Networks::lostAnswers),
    V1(Length.SHORT, "the provider answers 500", Providers::errors),
    V2(Length.SHORT, "429 with a Retry-After of 5, none, 10^9, a date and garbage", Providers::throttling),
    V3(Length.SHORT, "the provider hangs, drips, and closes half-way", Providers::hanging),
    V4(Length.LONG, "HTML, cut JSON, 1 GiB, wrong type, a gzip bomb, a redirect, NUL", Providers::rubbish),
    V5(Length.LONG, "one provider dead, the others well", Providers::oneDead),
    V6(Length.LONG, "answers that come after the timeout", Providers::tooLate),
    V7(Length.LONG, "401, 402, 403", Providers::refusals),
    T3(Length.SHORT, "three triggers asked 20 times in a second to open a day", Orders::triggerStorm),
    S1(Length.SHORT, "cancel at random moments, 200 times", Orders::cancelStorm),
    S2(Length.SHORT, "repair while running, twice at once", Orders::repairTwice),
    S3(Length.SHORT, "one idempotency key: same body, other body, 50 at once", Orders::sameKey),
    S4(Length.LONG, "random operations on batches and jobs", Orders::anything),
    L1(Length.LONG, "a batch of 1,000,000 tasks", Loads::million),
    L2(Length.LONG, "an organization with 15,000 of 20,000 tasks, and 49 small ones beside it", Loads::crowd),
    L3(Length.LONG, "a queue with a rate, whose workers are away for a while", Loads::rate);

    private enum Length {
        SHORT,
        LONG,
        OTHER
    }

    private final Length length;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method
    private final Consumer<Scene> deed;

    Fault(Length length, String sentence, Consumer<Scene> deed) {
        this.length = length;
        this.sentence = sentence;
        this.deed = deed;
    }

    public String sentence() {
        return sentence;
    }

    public boolean isShort() {
        return length == Length.SHORT;
    }

    /// Begins work, strikes, and takes the harm away again.
    public void happenTo(Scene scene) {
        deed.accept(scene);
    }

    public static List<Fault> shortSet() {
        return Stream.of(values()).filter(Fault::isShort).toList();
    }

    public static List<Fault> longSet() {
        return Stream.of(values()).filter(fault -> fault.length != Length.OTHER).toList();
    }

    /// Finds one by its name.
    ///
    /// @throws IllegalArgumentException naming what is no fault
    public static Fault of(String id) {
        String wanted = id.strip().toUpperCase(Locale.ROOT);
        return Stream.of(values())
                .filter(fault -> fault.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no fault; --list names them".formatted(id)));
    }
}
