package dev.rollcall.simulator.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "latency=200,errorRate=0.1",
                "latency=100..300,throttleRate=0.5,retryAfter=5",
                "latency=lognormal:800:0.5,dripRate=1,dripMillis=100",
                "status=402,answerBytes=0,failAttempts=3,garbageRate=1,garbage=gzip-bomb",
                "{\"retryAfter\": \"Wed, 21 Oct 2026 07:28:00 GMT\"}"
            })
    void what_is_written_is_read_again(String text) {
        var mode = ModeJson.parse(text);
        assertThat(ModeJson.parse(ModeJson.write(mode).encode())).isEqualTo(mode);
    }

    @Test
    void what_is_left_out_is_calm() {
        assertThat(ModeJson.parse("{}")).isEqualTo(Mode.CALM);
    }

    @Test
    void a_retry_after_is_kept_word_for_word() {
        assertThat(ModeJson.parse("{\"retryAfter\": 1000000000}").retryAfter()).isEqualTo("1000000000");
        assertThat(ModeJson.parse("retryAfter=soon").retryAfter()).isEqualTo("soon");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"errorRate": 1.1}                     | errorRate
            {"errorRate": -0.1}                    | errorRate
            {"hangRate": "often"}                  | hangRate
            {"cutRate": null}                      | cutRate
            {"errorRate": 0.6, "cutRate": 0.5}     | all rates together
            {"latency": -1}                        | latency
            {"latency": "300..100"}                | ends before it begins
            {"latency": "soon"}                    | latency
            {"latency": 3600001}                   | latency
            {"latency": "lognormal:5:9"}           | sigma
            {"latency": [1]}                       | latency
            {"status": 200}                        | status
            {"status": 600}                        | status
            {"failAttempts": -1}                   | failAttempts
            {"failAttempts": 1.5}                  | failAttempts
            {"failAttempts": 3000000000}           | failAttempts
            {"answerBytes": 999999999}             | answerBytes
            {"dripMillis": -5}                     | dripMillis
            {"garbage": "nice"}                    | garbage
            {"retryAfter": "1\\r\\nset-cookie: x"} | retryAfter
            {"errorrate": 0.1}                     | errorrate
            {"errorRate": 0.1                      | JSON
            errorRate                              | name=value
            errorRate=                             | errorRate
            """)
    void nonsense_is_refused_by_name(String text, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModeJson.parse(text))
                .withMessageContaining(named);
    }
}
