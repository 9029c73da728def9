package dev.rollcall.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.message.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicDeclarationsTest {

    @Test
    void everyTopicThatIsNamedIsDeclared() {
        assertThat(TopicDeclarations.load().topics())
                .contains(new Topic(Topics.TASKS, 12, Duration.ofDays(2)))
                .contains(new Topic(Topics.RUNS, 1, Duration.ofDays(2)))
                .extracting(Topic::name)
                .containsExactlyInAnyOrder(Topics.TASKS, Topics.RESULTS, Topics.RUNS, Topics.COVERAGE, Topics.DEAD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            t.partitions=1                      | t.retention is missing
            t.retention=P1D                     | t.partitions is missing
            t.partitions=0\\nt.retention=P1D    | must be 1 to
            t.partitions=x\\nt.retention=P1D    | partitions is a whole number
            t.partitions=1\\nt.retention=2 days | an ISO-8601 duration such as P2D
            t.partitions=1\\nt.retention=PT0S   | longer than nothing
            t/u.partitions=1\\nt/u.retention=P1D| is no topic's name
            t.replicas=3                        | neither <topic>.partitions nor
            partitions=3                        | neither <topic>.partitions nor
            #                                   | No topic is declared
            """)
    void nonsenseIsRefusedWithItsReason(String text, String reason) {
        assertThatThrownBy(() -> TopicDeclarations.parse(text.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
