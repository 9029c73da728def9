package dev.rollcall.trigger.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one endpoint is called with somebody else's ids, and what then must come of it.
///
/// @param operation method and path as the OpenAPI document has them
/// @param address with the names of [Tenant#ids] in braces
/// @param body null for none
record Case(
        String operation,
        Kind kind,
        String address,
        String contentType,
        @Nullable String body) {
    enum Kind {
        /// 403 for every organization.
        OPERATORS,
        /// 404 (or 403) for everybody but the organization whose thing it is.
        FOREIGN,
        /// 200, with one's own rows only.
        LIST,
        /// Done for the organization that asks, whatever it names.
        OWN
    }

    static Case operators(String operation) {
        return of(operation, Kind.OPERATORS);
    }

    static Case foreign(String operation) {
        return of(operation, Kind.FOREIGN);
    }

    static Case list(String operation) {
        return of(operation, Kind.LIST);
    }

    static Case own(String operation) {
        return of(operation, Kind.OWN);
    }

    private static Case of(String operation, Kind kind) {
        return new Case(operation, kind, operation.substring(operation.indexOf('/')), "application/json", null);
    }

    /// Calls this instead of the bare path: with ids such as `/api/batch/{batch}`, and a query.
    Case at(String other) {
        return new Case(operation, kind, other, contentType, body);
    }

    Case json(String text) {
        return sending("application/json", text);
    }

    Case sending(String type, String text) {
        return new Case(operation, kind, address, type, text);
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /// @throws IllegalStateException for a name that is none of [Tenant#ids]
    String address(Tenant tenant) {
        String filled = address;
        for (Map.Entry<String, String> id : tenant.ids().entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        if (filled.contains("{")) {
            throw new IllegalStateException("say with at(...) what is called: " + filled);
        }
        return filled;
    }
}
