package io.librarysync.store;

import static io.librarysync.engine.LibraryModels.ENTRY;
import static io.librarysync.engine.LibraryModels.LOCATION;
import static io.librarysync.engine.LibraryModels.VOLUME;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.engine.LibraryReader;
import io.librarysync.engine.LibraryTransaction;
import io.librarysync.engine.RecordData;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A library with one location, {@code /home}, whose root entry is there; records are put into it by short calls. */
final class LibraryFixture {
    static final DeviceId OWNER = new DeviceId(uuid(1));
    static final DeviceId OTHER = new DeviceId(uuid(2));
    static final UUID ROOT = uuid(12);
    static final UUID HOME = uuid(11);
    static final UUID DISK = uuid(10);
    static final long CHANGED_AT = 1_000;

    private final SqliteLibraryStore store;
    private final LibraryReader reader;
    private long rev;

    LibraryFixture(SqliteLibraryStore store) {
        this.store = store;
        this.reader = sessionPerQuestion(store);
        write(transaction -> {
            long disk = transaction.putOwned(VOLUME, DISK, volume("disk"), Map.of(), OWNER, ++rev, CHANGED_AT);
            transaction.putOwned(
                    LOCATION, HOME, location("home", "/home"), Map.of("volume", disk), OWNER, ++rev, CHANGED_AT);
        });
        putEntry(ROOT, "home", null);
    }

    static UUID uuid(long number) {
        return new UUID(0x4000, number);
    }

    static Hlc stamp(long millis, DeviceId device) {
        return new Hlc(millis, 0, device);
    }

    static RecordData volume(String name) {
        return RecordData.builder()
                .put("name", name)
                .put("mount_point", "/")
                .put("fs_type", "ext4")
                .build();
    }

    static RecordData location(String name, String path) {
        return RecordData.builder()
                .put("name", name)
                .put("path", path)
                .reference("volume", DISK)
                .build();
    }

    static RecordData entry(String name, @Nullable UUID parent) {
        return RecordData.builder()
                .put("name", name)
                .put("kind", "file")
                .put("size", 7L)
                .put("modified_at", 5L)
                .reference("location", HOME)
                .reference("parent", parent)
                .build();
    }

    static RecordData tag(String name) {
        return RecordData.builder().put("name", name).put("color", "red").build();
    }

    void write(Consumer<LibraryTransaction> work) {
        store.inTransaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** Asks each question in a session of its own. */
    LibraryReader reader() {
        return reader;
    }

    private static LibraryReader sessionPerQuestion(SqliteLibraryStore store) {
        InvocationHandler handler = (proxy, question, arguments) -> store.read(session -> {
            try {
                return question.invoke(session, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        });
        return (LibraryReader) Proxy.newProxyInstance(
                LibraryReader.class.getClassLoader(), new Class<?>[] {LibraryReader.class}, handler);
    }

    /** Puts an entry at the next rev, which it returns. */
    long putEntry(UUID uuid, String name, @Nullable UUID parent) {
        write(transaction -> putEntry(transaction, uuid, name, parent));
        return rev;
    }

    long putEntry(LibraryTransaction transaction, UUID uuid, String name, @Nullable UUID parent) {
        Map<String, Long> keys = new HashMap<>();
        keys.put("location", transaction.idsOf(LOCATION, List.of(HOME)).get(HOME));
        if (parent != null) {
            keys.put("parent", transaction.idsOf(ENTRY, List.of(parent)).get(parent));
        }
        return transaction.putOwned(ENTRY, uuid, entry(name, parent), keys, OWNER, ++rev, CHANGED_AT + rev);
    }

    long rev() {
        return rev;
    }
}
