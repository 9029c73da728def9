package dev.rollcall.worker.sleep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.worker.handler.Outcome;
import dev.rollcall.worker.handler.Progress;
import dev.rollcall.worker.handler.Work;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SleepHandlerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'millis':1}|Succeeded",
                "{'millis':0,'fail':false}|Succeeded",
                "{'millis':1,'fail':true}|Failed",
                "{'millis':1,'fail':'for good'}|Failed",
                "{'millis':1,'fail':'retry'}|Retry",
                "{'millis':-1}|Failed",
                "{'millis':'1'}|Failed",
                "{'millis':1e30}|Failed",
                "{'millis':0,'bytes':0}|Failed",
                "{'millis':0,'bytes':'1'}|Failed",
                "{}|Failed"
            })
    void it_ends_as_the_payload_asks(String payload, String kind) throws Exception {
        Outcome outcome = new SleepHandler().handle(work(payload.replace('\'', '"')), Progress.NOBODY);
        assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void its_output_is_as_long_as_the_payload_asks() throws Exception {
        String payload = "{\"n\":7,\"millis\":0,\"bytes\":60}";
        Outcome outcome = new SleepHandler().handle(work(payload), Progress.NOBODY);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Succeeded.class, succeeded -> assertThat(succeeded.output())
                .hasSize(60)
                .startsWith(payload + payload));
    }

    @Test
    void it_says_how_far_it_is() throws Exception {
        List<Integer> percents = new ArrayList<>();
        new SleepHandler().handle(work("{\"millis\":3500}"), (percent, note) -> percents.add(percent));
        assertThat(percents).isSorted().hasSizeGreaterThan(2).allMatch(percent -> percent > 0 && percent < 100);
    }

    private static Work work(String payload) {
        return new Work(
                1, LocalDate.of(2026, 11, 21), 1, "sleep", 1, Work.Kind.JOBS, "acme", null, null, null, payload);
    }
}
