package dev.rollcall.bench.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of one workload.
///
/// @param rows cells under the headings: numbers or text; null is a dash
/// @param settings what was set otherwise than it comes
/// @param raw what was measured, round by round
public record Section(
        String id,
        String title,
        List<String> headings,
        List<List<@Nullable Object>> rows,
        List<Aim> aims,
        List<String> notes,
        Map<String, String> settings,
        Map<String, List<Double>> raw) {

    /// A workload that came to no end: whatever it was to show, it did not.
    public static Section failed(String id, String why) {
        return new Section(
                id,
                "failed",
                List.of(),
                List.of(),
                List.of(new Aim("an end", why, false)),
                List.of(),
                Map.of(),
                Map.of());
    }
}
