package io.librarysync.jmx;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.management.InstanceNotFoundException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.NotificationFilterSupport;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who listen to beans without a connection: what they are told waits here until they fetch it. Each client is known by
 * an id and has listeners, each known by a handle. Whoever is not heard from is forgotten, when others come or nothing more
 * fits, so that not much is built and kept for the gone. Safe from any thread.
 *
 * <p>A client, handle or bean that there is not, and more than there may be, is an {@link IllegalArgumentException}.
 */
public final class FetchingListeners implements AutoCloseable {
    public static final int MOST_CLIENTS = 64;
    public static final int MOST_LISTENERS = 16;

    /** How many notifications wait for one listener at most. */
    public static final int CAPACITY = 1_000;

    /** After how long without a word of a client it may be forgotten. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(FetchingListeners.class);

    private final MBeanServer server;
    private final Supplier<Instant> now;
    private final Map<String, Client> clients = new LinkedHashMap<>();

    /**
     * What a listener asked for.
     *
     * @param types beginnings of the types of notifications that it wants; empty for all
     * @param handback what it wants to have back with what it fetches
     */
    public record Wish(String bean, List<String> types, @Nullable Object handback) {

        public Wish {
            types = List.copyOf(types);
        }
    }

    /**
     * What waited, oldest first.
     *
     * @param notifications {@link javax.management.Notification}s
     * @param dropped how many were not kept since the last time
     */
    public record Fetched(Wish wish, List<?> notifications, int dropped) {}

    private record Listener(ObjectName bean, Mailbox mailbox) {}

    private static final class Client {
        private final Map<String, Listener> listeners = new LinkedHashMap<>();
        private Instant heard;
        private int handles;

        Client(Instant heard) {
            this.heard = heard;
        }
    }

    FetchingListeners(MBeanServer server, Supplier<Instant> now) {
        this.server = server;
        this.now = now;
    }

    /** A new client, by its id. */
    public synchronized String register() {
        forgetTheGone();
        if (clients.size() >= MOST_CLIENTS) {
            throw new IllegalArgumentException("there are " + MOST_CLIENTS + " clients already; one that is silent for "
                    + PATIENCE.toMinutes() + " minutes makes room");
        }
        String id = UUID.randomUUID().toString();
        clients.put(id, new Client(now.get()));
        return id;
    }

    /** Forgets a client and all that waits for it. */
    public synchronized void unregister(String client) {
        heard(client).listeners.values().forEach(this::silence);
        clients.remove(client);
    }

    /** Says that a client is there. */
    public synchronized void ping(String client) {
        heard(client);
    }

    /**
     * From now on keeps what a client wishes for.
     *
     * @return the handle
     * @throws SecurityException if the bean is none of ours
     */
    public synchronized String add(String client, Wish wish) {
        Client of = heard(client);
        if (of.listeners.size() >= MOST_LISTENERS) {
            throw new IllegalArgumentException("a client has " + MOST_LISTENERS + " listeners at most");
        }
        Listener listener = new Listener(nameOf(wish.bean()), new Mailbox(wish, CAPACITY, this::forgetTheGone));
        listen(listener);
        String handle = String.valueOf(++of.handles);
        of.listeners.put(handle, listener);
        return handle;
    }

    /** Keeps nothing more of that. */
    public synchronized void remove(String client, String handle) {
        Client of = heard(client);
        silence(listener(of, handle));
        of.listeners.remove(handle);
    }

    /** What a client wished for, by handle. */
    public synchronized Map<String, Wish> list(String client) {
        Map<String, Wish> wishes = new LinkedHashMap<>();
        heard(client)
                .listeners
                .forEach((handle, listener) ->
                        wishes.put(handle, listener.mailbox().wish()));
        return wishes;
    }

    /** What waits for a listener, which then waits no more. */
    public synchronized Fetched fetch(String client, String handle) {
        return listener(heard(client), handle).mailbox().fetch();
    }

    @Override
    public synchronized void close() {
        List.copyOf(clients.keySet()).forEach(this::unregister);
    }

    private synchronized void forgetTheGone() {
        Instant oldest = now.get().minus(PATIENCE);
        List<String> gone = clients.entrySet().stream()
                .filter(client -> client.getValue().heard.isBefore(oldest))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::unregister);
    }

    private Client heard(String id) {
        Client client = clients.get(id);
        if (client == null) {
            throw new IllegalArgumentException("no client " + id + " is registered");
        }
        client.heard = now.get();
        return client;
    }

    private static Listener listener(Client client, String handle) {
        Listener listener = client.listeners.get(handle);
        if (listener == null) {
            throw new IllegalArgumentException("no listener has the handle " + handle);
        }
        return listener;
    }

    private void listen(Listener listener) {
        try {
            Mailbox mailbox = listener.mailbox();
            server.addNotificationListener(
                    listener.bean(), mailbox, filter(mailbox.wish().types()), null);
        } catch (InstanceNotFoundException e) {
            throw new IllegalArgumentException("there is no bean " + listener.bean(), e);
        }
    }

    private void silence(Listener listener) {
        try {
            server.removeNotificationListener(listener.bean(), listener.mailbox());
        } catch (InstanceNotFoundException | ListenerNotFoundException e) {
            LOG.debug("{} is gone, and who listened to it with it", listener.bean());
        }
    }

    private static @Nullable NotificationFilterSupport filter(List<String> types) {
        if (types.isEmpty()) {
            return null;
        }
        NotificationFilterSupport filter = new NotificationFilterSupport();
        types.forEach(filter::enableType);
        return filter;
    }

    private static ObjectName nameOf(String bean) {
        try {
            return new ObjectName(bean);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no name of a bean: " + bean, e);
        }
    }
}
