package io.librarysync.app;

import io.librarysync.cli.Sd;
import io.librarysync.cli.Terminal;
import java.time.Duration;

/** The process behind {@code sd}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Sd.run(Terminal.system(Main::pause), new DeviceProcess(), arguments));
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
