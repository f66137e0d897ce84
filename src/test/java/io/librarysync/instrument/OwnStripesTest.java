package io.librarysync.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnStripesTest {
    /** So many that several have the same place. */
    private static final int THREADS = 600;

    private final OwnStripes stripes = new OwnStripes(Stripe::new);

    @Test
    void eachOfManyThreadsHasItsOwnAndKeepsIt() throws InterruptedException {
        Set<Stripe> seen = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        CountDownLatch all = new CountDownLatch(THREADS);
        Set<String> changed = Collections.synchronizedSet(new HashSet<>());
        Thread[] threads = IntStream.range(0, THREADS)
                .mapToObj(i -> new Thread(() -> {
                    Stripe first = stripes.get();
                    seen.add(first);
                    all.countDown();
                    awaitAll(all);
                    if (Stream.generate(stripes::get).limit(10).anyMatch(stripe -> stripe != first)) {
                        changed.add(Thread.currentThread().getName());
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).hasSize(THREADS);
        assertThat(changed).isEmpty();
    }

    @Test
    void whatBelongedToAThreadThatEndedIsLetGo() throws InterruptedException {
        WeakReference<Stripe> left = ofAThreadThatEnds();
        stripes.forgetLeft();
        await().until(() -> {
            System.gc();
            return left.get() == null;
        });
    }

    @Test
    void theNextThreadLetsGoOfItToo() throws InterruptedException {
        WeakReference<Stripe> left = ofAThreadThatEnds();
        ofAThreadThatEnds();
        await().until(() -> {
            System.gc();
            return left.get() == null;
        });
    }

    private WeakReference<Stripe> ofAThreadThatEnds() throws InterruptedException {
        WeakReference<?>[] own = new WeakReference<?>[1];
        Thread thread = new Thread(() -> own[0] = new WeakReference<>(stripes.get()));
        thread.start();
        thread.join();
        @SuppressWarnings("unchecked") // it was put there right above
        WeakReference<Stripe> made = (WeakReference<Stripe>) own[0];
        return made;
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
