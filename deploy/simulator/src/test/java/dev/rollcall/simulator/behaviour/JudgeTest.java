package dev.rollcall.simulator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulator.behaviour.Decision.Answer;
import dev.rollcall.simulator.behaviour.Decision.CutOff;
import dev.rollcall.simulator.behaviour.Decision.Drip;
import dev.rollcall.simulator.behaviour.Decision.Empty;
import dev.rollcall.simulator.behaviour.Decision.Fail;
import dev.rollcall.simulator.behaviour.Decision.Garbage;
import dev.rollcall.simulator.behaviour.Decision.Hang;
import dev.rollcall.simulator.behaviour.Decision.Throttle;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final Mode MIXED = ModeJson.parse("latency=10..5000,errorRate=0.2,throttleRate=0.1,hangRate=0.1,"
            + "garbageRate=0.1,cutRate=0.1,dripRate=0.1");

    @Test
    void a_calm_provider_answers_at_once() {
        assertThat(decide(Mode.CALM, 1, "hello")).isEqualTo(new Answer(0, 500));
    }

    @Test
    void the_same_call_always_gets_the_same() {
        assertThat(tasks(MIXED, 1, "p", 1)).isEqualTo(tasks(MIXED, 1, "p", 1));
    }

    @Test
    void seed_provider_task_and_attempt_each_change_the_luck() {
        var luck = tasks(MIXED, 1, "p", 1);
        assertThat(tasks(MIXED, 2, "p", 1)).isNotEqualTo(luck);
        assertThat(tasks(MIXED, 1, "q", 1)).isNotEqualTo(luck);
        assertThat(tasks(MIXED, 1, "p", 2)).isNotEqualTo(luck);
        assertThat(luck).hasSizeGreaterThan(1);
        assertThat(luck.stream().distinct().count()).isGreaterThan(1_000);
    }

    @Test
    void every_rate_is_met() {
        Map<Class<?>, Long> counts = tasks(MIXED, 1, "p", 1).stream()
                .collect(Collectors.groupingBy(Decision::getClass, Collectors.counting()));
        assertThat(counts.get(Fail.class)).isBetween(1_800L, 2_200L);
        assertThat(counts.get(Answer.class)).isBetween(2_800L, 3_200L);
        for (var kind : List.of(Throttle.class, Hang.class, Garbage.class, CutOff.class, Drip.class)) {
            assertThat(counts.get(kind)).as(kind.getSimpleName()).isBetween(850L, 1_150L);
        }
    }

    @Test
    void a_rate_of_one_leaves_no_exception() {
        assertThat(tasks(ModeJson.parse("throttleRate=1,retryAfter=garbage"), 1, "p", 1))
                .containsOnly(new Throttle(0, "garbage"));
    }

    @Test
    void changing_a_rate_leaves_everyones_latency() {
        var calmer = ModeJson.parse("latency=10..5000");
        var answered = 0;
        for (var task = 0L; task < 1_000; task++) {
            if (Judge.decide(MIXED, 1, "p", task, 1, "") instanceof Answer answer) {
                assertThat(Judge.decide(calmer, 1, "p", task, 1, "")).isEqualTo(answer);
                answered++;
            }
        }
        assertThat(answered).isPositive();
    }

    @Test
    void latencies_follow_their_distribution() {
        var uniform = latencies("latency=100..300");
        assertThat(uniform).allMatch(millis -> millis >= 100 && millis <= 300).contains(100L, 300L);
        var tailed = latencies("latency=lognormal:800:0.5");
        assertThat(tailed.get(tailed.size() / 2)).isBetween(770L, 830L);
        // one sigma above the median
        assertThat(tailed.get((int) (tailed.size() * 0.8413))).isBetween(1_250L, 1_390L);
        assertThat(latencies("latency=7")).containsOnly(7L);
    }

    @Test
    void first_attempts_fail_as_many_as_the_mode_says() {
        var mode = ModeJson.parse("failAttempts=2");
        assertThat(IntStream.rangeClosed(1, 4).mapToObj(attempt -> decide(mode, attempt, "")))
                .satisfiesExactly(
                        decision -> assertThat(decision).isInstanceOf(Fail.class),
                        decision -> assertThat(decision).isInstanceOf(Fail.class),
                        decision -> assertThat(decision).isInstanceOf(Answer.class),
                        decision -> assertThat(decision).isInstanceOf(Answer.class));
    }

    @Test
    void a_status_override_is_for_every_call() {
        assertThat(decide(ModeJson.parse("status=401,latency=5"), 9, ""))
                .isEqualTo(new Fail(5, 401, "status 401 was asked for"));
        assertThat(decide(ModeJson.parse("status=429,retryAfter=5"), 9, "")).isEqualTo(new Throttle(0, "5"));
    }

    @Test
    void a_marker_overrides_the_mode() {
        var failing = ModeJson.parse("errorRate=1,latency=20,answerBytes=70");
        assertThat(decide(failing, 1, "[[sim:hang]]")).isEqualTo(new Hang());
        assertThat(decide(failing, 1, "say [[sim:empty]] nothing")).isEqualTo(new Empty(20));
        assertThat(decide(failing, 1, "[[sim:garbage=html]]")).isEqualTo(new Garbage(20, Rubbish.HTML));
        assertThat(decide(failing, 1, "[[sim:cut]]")).isEqualTo(new CutOff(20, 70));
        assertThat(decide(failing, 1, "[[sim:drip=900]]")).isEqualTo(new Drip(20, 70, 900));
        assertThat(decide(failing, 1, "[[sim:status=400]]")).isEqualTo(new Fail(20, 400, "status 400 was asked for"));
        assertThat(decide(failing, 1, "[[sim:status=429]]")).isEqualTo(new Throttle(20, null));
        assertThat(decide(Mode.CALM, 99, "[[sim:fail]]")).isInstanceOf(Fail.class);
    }

    @Test
    void a_marker_for_first_attempts_ends_with_a_good_answer() {
        var failing = ModeJson.parse("errorRate=1");
        assertThat(decide(failing, 2, "[[sim:fail=2]]")).isInstanceOf(Fail.class);
        assertThat(decide(failing, 3, "[[sim:fail=2]]")).isInstanceOf(Answer.class);
        assertThat(decide(failing, 1, "[[sim:throttle=1]]")).isEqualTo(new Throttle(0, "1"));
        assertThat(decide(failing, 1, "[[sim:throttle]]")).isEqualTo(new Throttle(0, null));
        assertThat(decide(failing, 2, "[[sim:throttle=1]]")).isInstanceOf(Answer.class);
    }

    @Test
    void a_latency_marker_says_how_long_and_leaves_what() {
        assertThat(decide(Mode.CALM, 1, "[[sim:latency=1500]]")).isEqualTo(new Answer(1_500, 500));
        assertThat(decide(ModeJson.parse("errorRate=1,latency=3"), 1, "[[sim:latency=0]]"))
                .isEqualTo(new Fail(0, 500, "the dice said so"));
    }

    @Test
    void of_several_markers_the_first_that_fits_the_attempt_counts() {
        var prompt = "[[sim:throttle=1]] [[sim:fail=2]] [[sim:latency=9]]";
        assertThat(decide(Mode.CALM, 1, prompt)).isEqualTo(new Throttle(9, "1"));
        assertThat(decide(Mode.CALM, 2, prompt)).isEqualTo(new Fail(9, 500, "the prompt asked for a failure"));
        assertThat(decide(Mode.CALM, 3, prompt)).isEqualTo(new Answer(9, 500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[sim:fial]]",
                "[[sim:fail=two]]",
                "[[sim:fail=-1]]",
                "[[sim:status]]",
                "[[sim:status=200]]",
                "[[sim:latency]]",
                "[[sim:latency=99999999999]]",
                "[[sim:garbage=nice]]",
                "[[sim:throttle=\n]]",
                "[[sim:hang"
            })
    void a_marker_that_is_not_understood_is_a_400(String prompt) {
        assertThat(decide(Mode.CALM, 1, prompt)).isInstanceOfSatisfying(Fail.class, fail -> assertThat(fail.status())
                .isEqualTo(400));
    }

    private static Decision decide(Mode mode, int attempt, String prompt) {
        return Judge.decide(mode, 1, "p", 42, attempt, prompt);
    }

    private static List<Decision> tasks(Mode mode, long seed, String provider, int attempt) {
        return LongStream.range(0, 10_000)
                .mapToObj(task -> Judge.decide(mode, seed, provider, task, attempt, ""))
                .toList();
    }

    /// Sorted.
    private static List<Long> latencies(String mode) {
        return tasks(ModeJson.parse(mode), 1, "p", 1).stream()
                .map(decision -> ((Answer) decision).latency())
                .sorted()
                .toList();
    }
}
