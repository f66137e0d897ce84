package io.librarysync.metrics;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was open at one moment, as the accounts of a device have it: neither done nor given up. What is not open anywhere is
 * left out.
 */
record OpenWork(Map<Key, Long> amounts) {
    static final OpenWork NONE = new OpenWork(Map.of());

    /**
     * A part of an account.
     *
     * @param peer empty where the account is not kept by peer
     * @param model empty where it is not kept by model
     */
    record Key(String account, String peer, String model) {}

    OpenWork {
        Map<Key, Long> open = new HashMap<>(amounts);
        open.values().removeIf(amount -> amount == 0);
        amounts = Map.copyOf(open);
    }

    OpenWork plus(OpenWork other) {
        return plus(other, 1);
    }

    OpenWork minus(OpenWork other) {
        return plus(other, -1);
    }

    private OpenWork plus(OpenWork other, int sign) {
        Map<Key, Long> sum = new HashMap<>(amounts);
        other.amounts.forEach((key, amount) -> sum.merge(key, sign * amount, Long::sum));
        return new OpenWork(sum);
    }

    /** By account, what a filter selects; accounts that it cannot split are left out. */
    Map<String, Long> byAccount(Collection<Account> accounts, SyncView view) {
        Map<String, Long> byAccount = new TreeMap<>();
        accounts.stream().filter(account -> account.isSplitAs(view)).forEach(account -> {
            long sum = sumOf(account.name(), view);
            if (sum != 0) {
                byAccount.put(account.name(), sum);
            }
        });
        return byAccount;
    }

    private long sumOf(String account, SyncView view) {
        long sum = 0;
        for (Map.Entry<Key, Long> part : amounts.entrySet()) {
            Key key = part.getKey();
            if (key.account().equals(account)
                    && view.admits(Dimension.PEER, key.peer())
                    && view.admits(Dimension.MODEL, key.model())) {
                sum += part.getValue();
            }
        }
        return sum;
    }
}
