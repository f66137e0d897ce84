package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All stripes: those of live threads, and one sum of what ended threads have counted. */
final class Stripes {

    private static final class State {
        private final List<Stripe> live;
        private final long[] retired;

        State(List<Stripe> live, long[] retired) {
            this.live = live;
            this.retired = retired;
        }
    }

    private volatile State state = new State(List.of(), new long[0]);
    private final ThreadLocal<Stripe> own = ThreadLocal.withInitial(this::register);

    void add(int slot, long amount) {
        own.get().add(slot, amount);
    }

    /** The stripe of the calling thread. */
    Stripe mine() {
        return own.get();
    }

    void addTo(long[] sums, int from, int to) {
        State now = state;
        for (int slot = from; slot < Math.min(to, now.retired.length); slot++) {
            sums[slot] += now.retired[slot];
        }
        for (Stripe stripe : now.live) {
            stripe.addTo(sums, from, to);
        }
    }

    /** Folds the stripes of threads that have ended into one. */
    void retireEnded() {
        if (state.live.stream().anyMatch(Stripes::hasEnded)) {
            synchronized (this) {
                state = withoutEnded(state);
            }
        }
    }

    int size() {
        return state.live.size();
    }

    private synchronized Stripe register() {
        Stripe stripe = new Stripe(Thread.currentThread());
        state = with(withoutEnded(state), stripe);
        return stripe;
    }

    private static State with(State now, Stripe stripe) {
        List<Stripe> live = new ArrayList<>(now.live);
        live.add(stripe);
        return new State(List.copyOf(live), now.retired);
    }

    private static State withoutEnded(State now) {
        List<Stripe> live = new ArrayList<>(now.live.size());
        long[] retired = now.retired;
        for (Stripe stripe : now.live) {
            if (hasEnded(stripe)) {
                retired = sum(retired, stripe.cells());
            } else {
                live.add(stripe);
            }
        }
        return new State(List.copyOf(live), retired);
    }

    private static boolean hasEnded(Stripe stripe) {
        return !stripe.owner.isAlive();
    }

    private static long[] sum(long[] left, long[] right) {
        long[] sum = Arrays.copyOf(left, Math.max(left.length, right.length));
        for (int slot = 0; slot < right.length; slot++) {
            sum[slot] += right[slot];
        }
        return sum;
    }
}
