package io.librarysync.instrument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All stripes: those of live threads, and one sum of what ended threads have counted. */
final class Stripes {

    private static final class State {
        private final Stripe[] live;
        private final long[] retired;

        State(List<Stripe> live, long[] retired) {
            this.live = live.toArray(Stripe[]::new);
            this.retired = retired;
        }

        void addTo(long[] sums, Places.Block block) {
            int end = Math.min(block.to(), retired.length);
            for (int slot = block.from(); slot < end; slot++) {
                sums[slot] += retired[slot];
            }
            for (Stripe stripe : live) {
                stripe.addTo(sums, block);
            }
        }
    }

    private volatile State state = new State(List.of(), new long[0]);
    private final OwnStripes own = new OwnStripes(this::register);

    /** The stripe of each thread. */
    OwnStripes own() {
        return own;
    }

    /**
     * The sums of the cells, from the last lane to the first. Which places a lane has and which threads there are is looked
     * up for each, when those after it have been read: what was counted earlier may be in a cell that is newer than the
     * beginning of the reading.
     */
    long[] read(Places places) {
        long[] sums = new long[places.size()];
        List<Places.Lane> lanes = places.lanes();
        for (int lane = lanes.size() - 1; lane >= 0; lane--) {
            for (Places.Block block : lanes.get(lane).inUse()) {
                sums = sums.length < block.to() ? Arrays.copyOf(sums, block.to()) : sums;
                state.addTo(sums, block);
            }
        }
        return sums;
    }

    /** Folds the stripes of threads that have ended into one. */
    void retireEnded() {
        if (Arrays.stream(state.live).anyMatch(Stripe::isLeft)) {
            own.forgetLeft();
            synchronized (this) {
                state = withoutEnded(state);
            }
        }
    }

    int size() {
        return state.live.length;
    }

    private synchronized Stripe register() {
        Stripe stripe = new Stripe();
        state = with(withoutEnded(state), stripe);
        return stripe;
    }

    private static State with(State now, Stripe stripe) {
        List<Stripe> live = new ArrayList<>(Arrays.asList(now.live));
        live.add(stripe);
        return new State(live, now.retired);
    }

    private static State withoutEnded(State now) {
        List<Stripe> live = new ArrayList<>(now.live.length);
        long[] retired = now.retired;
        for (Stripe stripe : now.live) {
            if (stripe.isLeft()) {
                retired = sum(retired, stripe);
            } else {
                live.add(stripe);
            }
        }
        return new State(live, retired);
    }

    private static long[] sum(long[] retired, Stripe ended) {
        long[] sum = Arrays.copyOf(retired, Math.max(retired.length, ended.end()));
        ended.addTo(sum, new Places.Block(0, ended.end()));
        return sum;
    }
}
