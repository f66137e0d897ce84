package io.librarysync.http;

import java.util.Locale;
import java.util.Set;
import org.jolokia.service.serializer.JolokiaSerializer;
import org.jspecify.annotations.Nullable;

/** Converts values as Jolokia does, but takes nothing for a boolean that is neither true nor false. */
final class StrictSerializer extends JolokiaSerializer {
    private static final Set<String> BOOLEANS = Set.of("boolean", "java.lang.Boolean");
    private static final Set<String> VALUES = Set.of("true", "false");

    @Override
    public Object deserialize(String type, @Nullable Object value) {
        if (BOOLEANS.contains(type) && !VALUES.contains(String.valueOf(value).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("true or false, found \"" + value + "\"");
        }
        return super.deserialize(type, value);
    }
}
