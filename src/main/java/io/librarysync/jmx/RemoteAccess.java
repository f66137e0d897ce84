package io.librarysync.jmx;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.ObjectName;
import javax.management.QueryExp;
import javax.management.remote.MBeanServerForwarder;
import org.jspecify.annotations.Nullable;

/**
 * An MBean server as callers from outside see it: our beans only. They may be read and listened to, operations of Control
 * beans may be called, {@code Enabled} of the control of metrics may be written. Everything else is refused with a
 * {@link SecurityException}; other beans are not listed. Where the server's own delegate is shown, it may be read, and tells
 * which of our beans come and go.
 */
final class RemoteAccess implements InvocationHandler {
    private static final String CONTROL = "Control";
    private static final int FILTER = 2;
    private static final Set<String> OPEN = Set.of("getDefaultDomain", "getClassLoaderRepository");
    private static final Set<String> READS = Set.of(
            "getAttribute",
            "getClassLoaderFor",
            "getAttributes",
            "getMBeanInfo",
            "getObjectInstance",
            "isInstanceOf",
            "addNotificationListener",
            "removeNotificationListener");

    private final MBeanServer server;
    private final boolean delegate;

    /** One for each filter that was given, since a server takes a listener away by the identity of its filter. */
    private final Map<@Nullable NotificationFilter, NotificationFilter> filters =
            Collections.synchronizedMap(new IdentityHashMap<>());

    private RemoteAccess(MBeanServer server, boolean delegate) {
        this.server = server;
        this.delegate = delegate;
    }

    /** A guard that hides the delegate. */
    static MBeanServer guard(MBeanServer server) {
        return guard(server, false);
    }

    /** A guard that shows the delegate, since JMX clients cannot do without. */
    static MBeanServerForwarder guardForClients(MBeanServer server) {
        return guard(server, true);
    }

    private static MBeanServerForwarder guard(MBeanServer server, boolean delegate) {
        return (MBeanServerForwarder) Proxy.newProxyInstance(
                RemoteAccess.class.getClassLoader(),
                new Class<?>[] {MBeanServerForwarder.class},
                new RemoteAccess(server, delegate));
    }

    static boolean isOurs(ObjectName name) {
        return name.getDomain().equals(SyncMBeans.DOMAIN);
    }

    static boolean mayWrite(ObjectName name, String attribute) {
        return isControl(name) && "Metrics".equals(name.getKeyProperty("name")) && attribute.equals("Enabled");
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] args = arguments == null ? new Object[0] : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, args);
        }
        return switch (method.getName()) {
            case "getMBeanServer" -> server;
            case "setMBeanServer" -> null; // the connector's own wiring, out of a client's reach; ours is fixed
            case "queryNames" ->
                server.queryNames((ObjectName) args[0], (QueryExp) args[1]).stream()
                        .filter(this::isVisible)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case "queryMBeans" ->
                server.queryMBeans((ObjectName) args[0], (QueryExp) args[1]).stream()
                        .filter(instance -> isVisible(instance.getObjectName()))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case "getMBeanCount" ->
                server.queryNames(null, null).stream()
                        .filter(this::isVisible)
                        .mapToInt(name -> 1)
                        .sum();
            case "getDomains" ->
                Arrays.stream(server.getDomains())
                        .filter(SyncMBeans.DOMAIN::equals)
                        .toArray(String[]::new);
            case "isRegistered" -> isVisible(name(args)) && server.isRegistered(name(args));
            default -> pass(method, args);
        };
    }

    private @Nullable Object pass(Method method, @Nullable Object[] args) throws Throwable {
        require(isAllowed(method.getName(), args), method.getName(), args);
        try {
            return method.invoke(server, ofDelegate(args) ? filtered(args) : args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private boolean isAllowed(String method, @Nullable Object[] args) {
        if (OPEN.contains(method)) {
            return true;
        }
        if (args.length == 0 || !(args[0] instanceof ObjectName name)) {
            return false;
        }
        return switch (method) {
            case "setAttribute" -> mayWrite(name, ((Attribute) Objects.requireNonNull(args[1])).getName());
            case "setAttributes" ->
                ((AttributeList) Objects.requireNonNull(args[1]))
                        .asList().stream().allMatch(attribute -> mayWrite(name, attribute.getName()));
            case "invoke" -> isControl(name);
            default -> READS.contains(method) && isVisible(name) && noOtherBeanIsNamed(args);
        };
    }

    private static boolean ofDelegate(@Nullable Object[] args) {
        return args.length > 0 && MBeanServerDelegate.DELEGATE_NAME.equals(args[0]);
    }

    /** The arguments with a filter in the place where a listener has one. */
    private @Nullable Object[] filtered(@Nullable Object[] args) {
        if (args.length <= FILTER) {
            return args;
        }
        @Nullable Object[] changed = args.clone();
        changed[FILTER] = filters.computeIfAbsent((NotificationFilter) args[FILTER], OfOurBeans::new);
        return changed;
    }

    /** Lets through what the delegate tells of our beans, if the other filter wants it. */
    private record OfOurBeans(@Nullable NotificationFilter other) implements NotificationFilter {

        @Override
        public boolean isNotificationEnabled(Notification notification) {
            return notification instanceof MBeanServerNotification told
                    && isOurs(told.getMBeanName())
                    && (other == null || other.isNotificationEnabled(notification));
        }
    }

    /** A listener may be given by the name of a bean, which would then be called. */
    private static boolean noOtherBeanIsNamed(@Nullable Object[] args) {
        return args.length < 2 || !(args[1] instanceof ObjectName);
    }

    private boolean isVisible(ObjectName name) {
        return isOurs(name) || (delegate && name.equals(MBeanServerDelegate.DELEGATE_NAME));
    }

    private static boolean isControl(ObjectName name) {
        return isOurs(name) && CONTROL.equals(name.getKeyProperty("type"));
    }

    private static ObjectName name(@Nullable Object[] args) {
        return (ObjectName) Objects.requireNonNull(args[0], "an ObjectName is needed");
    }

    private static void require(boolean allowed, String method, @Nullable Object[] args) {
        if (!allowed) {
            throw new SecurityException(
                    "%s is refused%s: from outside the beans of %s can be read, their Control beans called, nothing else"
                            .formatted(method, args.length == 0 ? "" : " for " + args[0], SyncMBeans.DOMAIN));
        }
    }

    private static Object ofObject(Object proxy, Method method, @Nullable Object[] args) {
        return switch (method.getName()) {
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "guarded MBean server";
        };
    }
}
