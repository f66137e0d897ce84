package io.librarysync.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Hlc;
import io.librarysync.domain.ModelType;
import io.librarysync.domain.RecordStanding;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A received change on its way to an outcome, with the peer it came from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Incoming.Owned.class, name = "owned"),
    @JsonSubTypes.Type(value = Incoming.Shared.class, name = "shared"),
    @JsonSubTypes.Type(value = Incoming.Row.class, name = "row")
})
sealed interface Incoming {

    DeviceId link();

    DeviceId origin();

    ModelType model();

    UUID uuid();

    @Nullable
    RecordData data();

    /** Where it stands in its scope: rev or seq; 0 if it has no place in an order. */
    long order();

    /** The clock stamp of a shared change; null for a device-owned one. */
    @Nullable
    Hlc stamp();

    /** When it was made, by the clock of its device. */
    long millis();

    default RecordStanding.Version version() {
        return new RecordStanding.Version(origin(), order(), stamp(), millis());
    }

    /** The place that must be reached before it may be taken. */
    long after();

    Scope scope();

    /** A device-owned change that follows rev {@code after}. */
    record Owned(DeviceId link, DeviceId owner, ModelType model, long after, StateChange change) implements Incoming {
        @Override
        public DeviceId origin() {
            return owner;
        }

        @Override
        public UUID uuid() {
            return change.uuid();
        }

        @Override
        public @Nullable RecordData data() {
            return change.data();
        }

        @Override
        public long order() {
            return change.rev();
        }

        @Override
        public @Nullable Hlc stamp() {
            return null;
        }

        @Override
        public long millis() {
            return change.changedAt();
        }

        @Override
        public Scope scope() {
            return Scope.state(owner, model);
        }
    }

    /** An entry of the shared log. */
    record Shared(DeviceId link, SharedChange change) implements Incoming {
        @Override
        public DeviceId origin() {
            return change.author();
        }

        @Override
        public ModelType model() {
            return change.model();
        }

        @Override
        public UUID uuid() {
            return change.uuid();
        }

        @Override
        public @Nullable RecordData data() {
            return change.data();
        }

        @Override
        public long order() {
            return change.seq();
        }

        @Override
        public long after() {
            return change.seq() - 1;
        }

        @Override
        public Hlc stamp() {
            return change.hlc();
        }

        @Override
        public long millis() {
            return change.hlc().millis();
        }

        @Override
        public Scope scope() {
            return Scope.shared(change.author());
        }
    }

    /** A row of a shared snapshot; its order is that of its stamp alone. */
    record Row(DeviceId link, SnapshotRow row) implements Incoming {
        @Override
        public DeviceId origin() {
            return row.hlc().device();
        }

        @Override
        public ModelType model() {
            return row.model();
        }

        @Override
        public UUID uuid() {
            return row.uuid();
        }

        @Override
        public @Nullable RecordData data() {
            return row.data();
        }

        @Override
        public long order() {
            return 0;
        }

        @Override
        public long after() {
            return 0;
        }

        @Override
        public Hlc stamp() {
            return row.hlc();
        }

        @Override
        public long millis() {
            return row.hlc().millis();
        }

        @Override
        public Scope scope() {
            return Scope.shared(origin());
        }
    }
}
