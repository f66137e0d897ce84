package io.librarysync.bench;

import java.util.Random;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds as databases take them: around 100 µs, now and then many times that. Each thread has its own. */
@State(Scope.Thread)
public class Durations {
    private static final int COUNT = 1024;
    private static final long SEED = 42;
    private static final double TYPICAL = Math.log(100_000);

    private final long[] nanos = drawn();
    private int next;

    private static long[] drawn() {
        Random random = new Random(SEED);
        return LongStream.generate(() -> (long) Math.exp(TYPICAL + random.nextGaussian()))
                .limit(COUNT)
                .toArray();
    }

    long nextNanos() {
        next = (next + 1) & (COUNT - 1);
        return nanos[next];
    }
}
