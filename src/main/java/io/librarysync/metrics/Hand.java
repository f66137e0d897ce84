package io.librarysync.metrics;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.instrument.Stripe;
import io.librarysync.metrics.LinkCells.OfModel;
import org.jspecify.annotations.Nullable;

/** What one recording thread has at hand: its stripe, and the cells it lately asked for. Used by that thread alone. */
final class Hand {
    private static final int PLACES = 256;

    private final Stripe stripe;
    private final @Nullable OfModel[] lately = new OfModel[PLACES];

    private Hand(Stripe stripe) {
        this.stripe = stripe;
    }

    /** That of the calling thread, whose stripe is given. */
    static Hand of(Stripe mine) {
        return mine.companion() instanceof Hand known ? known : beside(mine);
    }

    private static Hand beside(Stripe mine) {
        Hand hand = new Hand(mine);
        mine.accompany(hand);
        return hand;
    }

    Stripe stripe() {
        return stripe;
    }

    /** The cells of a model on the link to a peer; null if others took their place. */
    @Nullable
    OfModel find(DeviceId peer, ModelType model) {
        OfModel known = lately[place(peer, model)];
        return known != null && known.isOf(peer, model) ? known : null;
    }

    void keep(DeviceId peer, ModelType model, OfModel cells) {
        lately[place(peer, model)] = cells;
    }

    private static int place(DeviceId peer, ModelType model) {
        int hash = peer.value().hashCode() * 31 + model.name().hashCode();
        return (hash ^ hash >>> 16) & (PLACES - 1);
    }
}
