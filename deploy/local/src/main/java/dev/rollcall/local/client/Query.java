package dev.rollcall.local.client;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The query of an address, put together piece by piece; what is not given is left out.
final class Query {

    private final StringBuilder text;
    private char before = '?';

    Query(String path) {
        this.text = new StringBuilder(path);
    }

    Query with(String name, @Nullable Object value) {
        if (value != null) {
            text.append(before).append(name).append('=').append(Api.encode(value.toString()));
            before = '&';
        }
        return this;
    }

    Query withEach(String name, Collection<String> values) {
        values.forEach(value -> with(name, value));
        return this;
    }

    /// Adds pieces that are encoded already.
    String and(String pieces) {
        return text.toString() + before + pieces;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
