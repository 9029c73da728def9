package dev.rollcall.trigger.batch.rows;

import java.io.IOException;

/// How results become lines of a file.
sealed interface Lines permits CsvLines, JsonLines {

    /// What comes before the first line.
    void begin(Text file) throws IOException;

    /// @param lane which of the frame's lanes
    /// @param row counted from 0
    /// @param result what [Copy#results] names
    /// @param cells of the row; there may be fewer than the frame has columns
    void add(int lane, int row, Fields result, Fields cells, Text file) throws IOException;
}
