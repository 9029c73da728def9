package dev.rollcall.trigger.batch.rows;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.rollcall.trigger.batch.rows.Frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Results as JSON, one object a line.
final class Jsonl {
    private Jsonl() {}

    /// One text. Put together by hand: it is twice as fast as `row_to_json`, and knows names of any length.
    static String line(Frame frame, Lane lane) {
        List<String> parts = new ArrayList<>();
        parts.add(Sql.literal("{\"row\":"));
        parts.add("i.n");
        parts.add(Sql.literal(",\"cells\":{"));
        parts.addAll(cells(frame.columns()));
        parts.add(Sql.literal("},\"provider\":" + quoted(lane.provider()) + ",\"state\":\""));
        parts.add("t.state");
        parts.add(Sql.literal("\",\"answer\":"));
        parts.add(json("a.answer"));
        parts.add(Sql.literal(",\"reason\":"));
        parts.add(json("t.reason"));
        parts.add(Sql.literal(",\"attempts\":"));
        parts.add("t.attempt");
        parts.add(Sql.literal(",\"model\":"));
        parts.add(json("a.model"));
        parts.add(Sql.literal(",\"tokens_in\":"));
        parts.add(json("a.tokens_in"));
        parts.add(Sql.literal(",\"tokens_out\":"));
        parts.add(json("a.tokens_out"));
        parts.add(Sql.literal(",\"ended_at\":"));
        parts.add(json("a.ended_at"));
        parts.add(Sql.literal("}"));
        return parts.stream().collect(Collectors.joining(", ", "concat(", ")"));
    }

    private static List<String> cells(List<String> columns) {
        return IntStream.range(0, columns.size())
                .boxed()
                .flatMap(i -> List.of(
                        Sql.literal((i == 0 ? "" : ",") + quoted(columns.get(i)) + ":"),
                        json("i.cells[%d]".formatted(i + 1)))
                        .stream())
                .toList();
    }

    private static String json(String expression) {
        return "coalesce(to_json(%s)::text, 'null')".formatted(expression);
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
