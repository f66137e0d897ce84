package io.librarysync.http;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.request.JolokiaExecRequest;
import org.jolokia.server.core.request.JolokiaNotificationRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.request.NotChangedException;
import org.jolokia.server.core.service.api.JolokiaContext;
import org.jolokia.server.core.util.jmx.MBeanServerAccess;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * Gives Jolokia one MBean server to work on, in place of all that it would find in the process, and lets its clients listen by
 * our {@link PullProtocol}.
 */
final class OneServer extends LocalRequestHandler {
    private static final int ORDER = 1_000;

    private final MBeanServer server;
    private final PullProtocol listeners;
    private final AtomicBoolean started = new AtomicBoolean();

    OneServer(MBeanServer server, PullProtocol listeners) {
        super(ORDER);
        this.server = server;
        this.listeners = listeners;
    }

    @Override
    public <R extends JolokiaRequest> @Nullable Object handleRequest(R request, @Nullable Object before)
            throws IOException, JMException, NotChangedException, BadRequestException, EmptyResponseException {
        if (request instanceof JolokiaNotificationRequest command) {
            return listeners.answer(command.getCommand());
        }
        if (request instanceof JolokiaExecRequest call && listeners.isFetch(call)) {
            return listeners.fetch(call);
        }
        return super.handleRequest(request, before);
    }

    @Override
    public void init(JolokiaContext context) {
        Access access = new Access(server, started);
        super.init((JolokiaContext) Proxy.newProxyInstance(
                OneServer.class.getClassLoader(), new Class<?>[] {JolokiaContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getMBeanServerAccess")) {
                        return access;
                    }
                    try {
                        return method.invoke(context, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        started.set(true);
    }

    /** While Jolokia starts, it looks into beans of the JDK for later; here it finds none. */
    private record Access(MBeanServer server, AtomicBoolean started) implements MBeanServerAccess {

        @Override
        public void each(ObjectName pattern, MBeanEachCallback callback) throws IOException, JMException {
            for (ObjectInstance instance : server.queryMBeans(pattern, null)) {
                callback.callback(server, instance);
            }
        }

        @Override
        public <R> R call(ObjectName name, MBeanAction<R> action, Object... arguments) throws IOException, JMException {
            if (!started.get()) {
                throw new InstanceNotFoundException(name.toString());
            }
            return action.execute(server, name, arguments);
        }

        @Override
        public Set<ObjectName> queryNames(ObjectName pattern) {
            return server.queryNames(pattern, null);
        }

        @Override
        public boolean hasMBeansListChangedSince(long timestamp) {
            return true;
        }

        @Override
        public Set<MBeanServerConnection> getMBeanServers() {
            return Set.of(server);
        }
    }
}
