package dev.rollcall.ledger;

import java.util.Optional;
import org.jdbi.v3.core.array.SqlArrayType;
import org.jdbi.v3.core.array.SqlArrayTypeFactory;

/// Binds arrays as arrays of their elements' class, which the driver sends in binary. Those of `Object`, which would
/// be JDBI's, it writes as text, character by character.
record TypedArray<T>(Class<T> elements, String typeName) implements SqlArrayType<T> {
    static <T> SqlArrayTypeFactory of(Class<T> elements, String typeName) {
        Optional<SqlArrayType<?>> type = Optional.of(new TypedArray<>(elements, typeName));
        return (asked, config) -> asked.equals(elements) ? type : Optional.empty();
    }

    @Override
    public String getTypeName() {
        return typeName;
    }

    @Override
    public Object convertArrayElement(T element) {
        return element;
    }

    @Override
    public Class<?> getArrayElementClass() {
        return elements;
    }
}
