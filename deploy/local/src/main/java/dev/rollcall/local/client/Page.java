package dev.rollcall.local.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param next where the next part begins; null if there is none
public record Page<T>(@Nullable List<T> items, @Nullable String next) {

    private static final int MOST = 200;

    public List<T> itemsOrNone() {
        return items == null ? List.of() : items;
    }

    /// The beginning of a list, in as many calls as it takes.
    ///
    /// @param ask gets the end of a query: `limit=200&cursor=...`
    /// @return at most so many; its `next` tells that there are more
    static <T> Page<T> upTo(int count, Function<String, Page<T>> ask) {
        var all = new ArrayList<T>();
        String next = null;
        do {
            String cursor = next == null ? "" : "&cursor=" + Api.encode(next);
            var page = ask.apply("limit=" + Math.min(MOST, count - all.size()) + cursor);
            all.addAll(page.itemsOrNone());
            next = page.next();
        } while (next != null && all.size() < count);
        return new Page<>(all, next);
    }
}
