package io.librarysync.store;

import io.librarysync.history.Tier;

/** How tiers are written down: the longer a sample is kept, the lower. */
final class TierCode {
    static final int LONG = 0;
    static final int MEDIUM = 1;
    static final int SHORT = 2;

    private TierCode() {}

    static int of(Tier tier) {
        return switch (tier) {
            case LONG -> LONG;
            case MEDIUM -> MEDIUM;
            case SHORT -> SHORT;
        };
    }

    static Tier tier(long code) throws UnreadableRecordException {
        for (Tier tier : Tier.values()) {
            if (of(tier) == code) {
                return tier;
            }
        }
        throw new UnreadableRecordException("no sample has the tier " + code);
    }
}
