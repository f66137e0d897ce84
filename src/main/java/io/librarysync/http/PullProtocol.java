package io.librarysync.http;

import io.librarysync.jmx.FetchingListeners;
import io.librarysync.jmx.FetchingListeners.Fetched;
import io.librarysync.jmx.FetchingListeners.Wish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jolokia.server.core.request.JolokiaExecRequest;
import org.jolokia.server.core.request.notification.AddCommand;
import org.jolokia.server.core.request.notification.ClientCommand;
import org.jolokia.server.core.request.notification.NotificationCommand;
import org.jolokia.server.core.request.notification.RemoveCommand;
import org.jspecify.annotations.Nullable;

/**
 * Jolokia's protocol for notifications in its mode {@code pull}, in place of Jolokia's own code, which checks no policy, lets
 * any number of clients stay for ever and is not safe from two requests at once.
 */
final class PullProtocol implements AutoCloseable {
    private static final String MODE = "pull";
    private static final String PULL = "pull";

    /** What clients are told is the bean that they fetch from; there is no other way to it. */
    private static final String STORE = "jolokia:type=NotificationStore";

    private final FetchingListeners listeners;

    PullProtocol(FetchingListeners listeners) {
        this.listeners = listeners;
    }

    /** Whether a call is a client's that fetches. */
    boolean isFetch(JolokiaExecRequest call) {
        return String.valueOf(call.getObjectName()).equals(STORE);
    }

    /** What waits for the client and the handle that are the arguments of the call. */
    Map<String, Object> fetch(JolokiaExecRequest call) {
        List<?> arguments = Objects.requireNonNullElse(call.getArguments(), List.of());
        if (!call.getOperation().replaceFirst("\\(.*", "").equals(PULL) || arguments.size() != 2) {
            throw new IllegalArgumentException("there is only " + PULL + " with client and handle");
        }
        String handle = String.valueOf(arguments.get(1));
        Fetched fetched = listeners.fetch(String.valueOf(arguments.get(0)), handle);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("handle", handle);
        answer.put("notifications", fetched.notifications());
        answer.put("dropped", fetched.dropped());
        handback(fetched.wish(), answer);
        return answer;
    }

    /** Does what a client asks for, and returns what it is told. */
    @Nullable
    Object answer(NotificationCommand command) {
        return switch (command.getType()) {
            case REGISTER -> register();
            case ADD -> add((AddCommand) command);
            case LIST -> list(clientOf(command));
            case REMOVE -> silently(() -> listeners.remove(clientOf(command), ((RemoveCommand) command).getHandle()));
            case UNREGISTER -> silently(() -> listeners.unregister(clientOf(command)));
            case PING -> silently(() -> listeners.ping(clientOf(command)));
            case OPEN -> throw new IllegalArgumentException("nothing is sent by itself here: the only mode is " + MODE);
        };
    }

    private Map<String, Object> register() {
        Map<String, Object> pull = Map.of("store", STORE, "maxEntries", FetchingListeners.CAPACITY);
        return Map.of("id", listeners.register(), "backend", Map.of(MODE, pull));
    }

    private String add(AddCommand command) {
        if (!command.getMode().equals(MODE)) {
            throw new IllegalArgumentException("the only mode is " + MODE);
        }
        List<String> types = Objects.requireNonNullElse(command.getFilter(), List.of());
        return listeners.add(
                command.getClient(), new Wish(String.valueOf(command.getObjectName()), types, command.getHandback()));
    }

    private Map<String, Object> list(String client) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listeners.list(client).forEach((handle, wish) -> listed.put(handle, described(wish)));
        return listed;
    }

    private static Map<String, Object> described(Wish wish) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("mbean", wish.bean());
        described.put("mode", MODE);
        described.put("filter", wish.types());
        handback(wish, described);
        return described;
    }

    private static void handback(Wish wish, Map<String, Object> answer) {
        if (wish.handback() != null) {
            answer.put("handback", wish.handback());
        }
    }

    private static @Nullable Object silently(Runnable work) {
        work.run();
        return null;
    }

    private static String clientOf(NotificationCommand command) {
        return ((ClientCommand) command).getClient();
    }

    @Override
    public void close() {
        listeners.close();
    }
}
