package io.librarysync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFileWatcherTest {
    private final FileWatcher watcher;
    private final Path root;
    private final Set<Path> changed = ConcurrentHashMap.newKeySet();

    SystemFileWatcherTest(@TempDir Path temporary) throws IOException {
        root = temporary.toRealPath();
        watcher = FileWatcher.system();
        watcher.start(new FileWatcher.Listener() {
            @Override
            public void changed(Path directory) {
                changed.add(directory);
            }

            @Override
            public void overflowed(Path directory) {
                changed.add(directory);
            }
        });
    }

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void aDirectoryThatIsWatchedAgainAfterARenameIsToldByItsNewPath() throws IOException {
        Path old = Files.createDirectories(root.resolve("old/inside"));
        watcher.watch(old);
        Files.move(root.resolve("old"), root.resolve("new"));
        Path now = root.resolve("new/inside");

        watcher.watch(now);
        Files.createFile(now.resolve("a.txt"));

        await().until(() -> changed.contains(now));
    }

    @Test
    void noThreadOutlivesIt() {
        assertThat(threads()).contains("file-watcher");

        watcher.close();

        await().until(() -> !threads().contains("file-watcher"));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void aDirectoryMadeAnewAtAnOldPathIsToldAsItself() throws IOException {
        Path first = Files.createDirectory(root.resolve("first"));
        watcher.watch(first);
        Path second = Files.move(first, root.resolve("second"));
        watcher.watch(second);
        watcher.watch(Files.createDirectory(first));

        Files.createFile(first.resolve("a.txt"));
        Files.createFile(second.resolve("b.txt"));

        await().until(() -> changed.containsAll(Set.of(first, second)));
    }
}
