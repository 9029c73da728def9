package dev.rollcall.trigger.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of one request, read once, one after the other, in constant memory. What is wrong with them is thrown as
/// a problem that says where.
interface Rows {
    /// The names of the cells, in their order; known before the first row is read.
    List<String> columns();

    /// The cells of the next row, as many as there are columns; null at the end. Good until the next call.
    String @Nullable [] next();

    /// Where the latest row is, in the sender's words: `line 17`, `row 3 (counted from 0)`.
    String where();
}
