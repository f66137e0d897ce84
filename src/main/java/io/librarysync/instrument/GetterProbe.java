package io.librarysync.instrument;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds out which getter a method reference names, by calling it on an instance that only listens. */
final class GetterProbe {
    private GetterProbe() {}

    static <I> @Nullable Method getterOf(Class<I> type, Function<I, ?> getter) {
        AtomicReference<@Nullable Method> called = new AtomicReference<>();
        Object listening =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    called.set(method);
                    return zeroOf(method.getReturnType());
                });
        var unused = getter.apply(type.cast(listening));
        return called.get();
    }

    private static @Nullable Object zeroOf(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
