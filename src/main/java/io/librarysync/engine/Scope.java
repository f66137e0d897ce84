package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import org.jspecify.annotations.Nullable;

/**
 * What progress is measured along: the revs of one device-owned model of one owner, or, with no model, the seqs of one
 * author's shared entries.
 */
public record Scope(DeviceId origin, @Nullable ModelType model) {

    public static Scope shared(DeviceId author) {
        return new Scope(author, null);
    }

    public static Scope state(DeviceId owner, ModelType model) {
        return new Scope(owner, model);
    }

    public boolean isShared() {
        return model == null;
    }
}
