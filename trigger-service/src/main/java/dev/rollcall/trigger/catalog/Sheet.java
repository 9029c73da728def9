package dev.rollcall.trigger.catalog;

import java.util.List;

/// What a file of one kind looks like: its columns, and how a row of it is read.
///
/// @param <R> what a row becomes
interface Sheet<R> {
    /// Columns the header must name.
    List<String> required();

    /// Columns the header may name; without one, all rows have its default.
    List<String> optional();

    /// @throws BadCell when a cell can't be what it should be
    R read(Cells cells) throws BadCell;

    /// The natural key, in words; two rows of one file must not share it.
    String key(R row);

    default boolean knows(String column) {
        return required().contains(column) || optional().contains(column);
    }
}
