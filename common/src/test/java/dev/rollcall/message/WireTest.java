package dev.rollcall.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.message.Wire.Unreadable;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The golden records are what the first version wrote: they must stay readable for ever.
class WireTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @Test
    void theGoldenRecordsAreReadable() throws Unreadable {
        assertThat(read("""
                {"day":"2026-11-21","provider":"p","tasks":[16777216,16777217]}""", TaskHint.class)).isEqualTo(new TaskHint(DAY, "p", List.of(16777216L, 16777217L)));
        assertThat(read("""
                {"ended":[{"task":1,"day":"2026-11-21","provider":"p","attempt":2,"state":"failed","reason":"http_400"}]}""", TasksEnded.class))
                .isEqualTo(new TasksEnded(List.of(new TaskEnded(1, DAY, "p", 2, "failed", "http_400", null))));
        assertThat(read("""
                {"what":"OPENED","run":1,"runKey":"daily:2026-11-21"}""", RunNews.class)).isEqualTo(new RunNews(RunNews.What.OPENED, 1, "daily:2026-11-21"));
        assertThat(read("""
                {"runKey":"daily:2026-11-21","health":"HEALTHY","promptPercent":99.59,"organizationPercent":100,"missingPrompts":1}""", CoverageJudged.class))
                .isEqualTo(new CoverageJudged(
                        "daily:2026-11-21", "HEALTHY", new BigDecimal("99.59"), new BigDecimal("100"), 1));
    }

    @Test
    void whatIsWrittenIsRead() throws Unreadable {
        TasksEnded ended = new TasksEnded(ends(1, 2));
        assertThat(Wire.read(Wire.write(ended), TasksEnded.class)).isEqualTo(ended);
    }

    @Test
    void theEndsOfManyTasksAreFewReadableRecords() throws Unreadable {
        List<TaskEnded> ends = ends(LongStream.range(Long.MAX_VALUE - TasksEnded.MOST, Long.MAX_VALUE)
                .toArray());
        ends.add(ends(1).getFirst());
        List<TasksEnded> records = TasksEnded.of(ends);
        assertThat(records).hasSize(2);
        List<TaskEnded> read = new ArrayList<>();
        for (TasksEnded news : records) {
            read.addAll(Wire.read(Wire.write(news), TasksEnded.class).ended());
        }
        assertThat(read).isEqualTo(ends);
        assertThat(TasksEnded.of(List.of())).isEmpty();
    }

    private static List<TaskEnded> ends(long... tasks) {
        return LongStream.of(tasks)
                .mapToObj(task -> new TaskEnded(task, DAY, "p".repeat(63), 2, "succeeded", null, 12))
                .collect(toCollection(ArrayList::new));
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws Unreadable {
        assertThat(read("""
                {"day":"2026-11-21","provider":"p","tasks":[1],"colour":"blue"}""", TaskHint.class).tasks()).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "nonsense",
                "{\"day\":\"2026-11-21\",\"provider\":\"p\",\"tasks\":[]}",
                "{\"day\":\"2026-11-21\",\"provider\":\"p\"}",
                "{\"day\":\"tomorrow\",\"provider\":\"p\",\"tasks\":[1]}",
                "{\"provider\":\"p\",\"tasks\":[1]}",
                "{\"day\":\"2026-11-21\",\"provider\":\"p\",\"tasks\":[null]}",
                "{\"day\":\"2026-11-21\",\"provider\":\"p\",\"tasks\":[1]} trailing"
            })
    void nonsenseIsUnreadable(String value) {
        assertThatThrownBy(() -> read(value, TaskHint.class)).isInstanceOf(Unreadable.class);
    }

    @Test
    void hostileRecordsAreUnreadable() {
        assertThatThrownBy(() -> Wire.read(null, TaskHint.class)).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> Wire.read(new byte[5_000_000], TaskHint.class)).hasMessageContaining("larger");
        assertThatThrownBy(() -> read("[".repeat(10_000), TaskHint.class)).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> Wire.read(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}, TaskHint.class))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void aMessageCarriesItsKeyAndCloudEventsHeaders() {
        var metadata = Wire.message("/rollcall/test", new TasksEnded(ends(7)))
                .getMetadata(OutgoingKafkaRecordMetadata.class)
                .orElseThrow();
        assertThat(metadata.getKey()).isEqualTo("7");
        assertThat(metadata.getHeaders().toArray())
                .extracting(Header::key)
                .contains("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type");
        assertThat(new String(metadata.getHeaders().lastHeader("ce_type").value(), UTF_8))
                .isEqualTo(TasksEnded.TYPE);
    }

    private static <E extends Event> E read(String value, Class<E> kind) throws Unreadable {
        return Wire.read(value.getBytes(UTF_8), kind);
    }
}
