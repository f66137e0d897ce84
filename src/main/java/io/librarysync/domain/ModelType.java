package io.librarysync.domain;

/** A kind of record that is replicated, such as {@code entry} or {@code tag}; names are singular. */
public record ModelType(String name, Ownership ownership) {

    /** Stands for a model that the receiver does not know. */
    public static final ModelType UNKNOWN = new ModelType("unknown", Ownership.DEVICE_OWNED);

    public ModelType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model needs a name");
        }
    }

    public static ModelType deviceOwned(String name) {
        return new ModelType(name, Ownership.DEVICE_OWNED);
    }

    public static ModelType shared(String name) {
        return new ModelType(name, Ownership.SHARED);
    }

    public boolean isShared() {
        return ownership == Ownership.SHARED;
    }

    @Override
    public String toString() {
        return name;
    }
}
