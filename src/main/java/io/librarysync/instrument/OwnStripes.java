package io.librarysync.instrument;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stripe of each thread, made when the thread first asks: a {@link ThreadLocal} with a table before it, by the id of the
 * thread, which is half the way. The table is only ever a short cut: a thread whose place another has taken goes the long way.
 */
public final class OwnStripes {
    private static final int PLACES = 256;

    private final Supplier<Stripe> maker;
    private final ThreadLocal<Stripe> own = ThreadLocal.withInitial(this::make);

    /** Read without a lock: whoever finds itself as the owner of what it reads has written it. */
    private final @Nullable Stripe[] table = new Stripe[PLACES];

    OwnStripes(Supplier<Stripe> maker) {
        this.maker = maker;
    }

    /** That of the calling thread. */
    public Stripe get() {
        Thread caller = Thread.currentThread();
        Stripe found = table[place(caller)];
        return found != null && found.owner == caller ? found : Objects.requireNonNull(own.get());
    }

    /** Lets go of those of threads that have ended. */
    synchronized void forgetLeft() {
        for (int place = 0; place < PLACES; place++) {
            Stripe taken = table[place];
            if (taken != null && taken.isLeft()) {
                table[place] = null;
            }
        }
    }

    private Stripe make() {
        Stripe made = maker.get();
        forgetLeft();
        claim(place(Thread.currentThread()), made);
        return made;
    }

    private synchronized void claim(int place, Stripe made) {
        if (table[place] == null) {
            table[place] = made;
        }
    }

    private static int place(Thread thread) {
        return (int) thread.getId() & (PLACES - 1);
    }
}
