package io.librarysync.jmx;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of a Control bean as clients make them: a null where none is expected is refused, and a failure is an exception
 * of the JDK with the one line that says what happened, since clients do not have our classes.
 */
final class ControlCalls implements InvocationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ControlCalls.class);

    private final Object control;

    private ControlCalls(Object control) {
        this.control = control;
    }

    static <T> T of(Class<T> type, T control) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new ControlCalls(control)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && method.getDeclaringClass() != Object.class) {
            refuseNulls(method.getParameters(), arguments);
        }
        try {
            return method.invoke(control, arguments);
        } catch (InvocationTargetException e) {
            LOG.debug("{} failed", method.getName(), e.getTargetException());
            throw plain(e.getTargetException());
        }
    }

    private static void refuseNulls(Parameter[] parameters, @Nullable Object[] arguments) {
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class) && holdsNull(arguments[i])) {
                throw new IllegalArgumentException(parameters[i].getName() + ": needed, found null");
            }
        }
    }

    private static boolean holdsNull(@Nullable Object argument) {
        return argument == null
                || (argument instanceof Object[] several
                        && Arrays.asList(several).contains(null));
    }

    private static Throwable plain(Throwable failure) {
        if (failure instanceof Error) {
            return failure;
        }
        String line = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof IllegalArgumentException
                ? new IllegalArgumentException(line)
                : new IllegalStateException(line);
    }
}
