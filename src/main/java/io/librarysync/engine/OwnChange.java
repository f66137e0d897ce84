package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.ModelType;
import io.librarysync.engine.Progress.Mark;
import java.util.UUID;

/** A committed change of this device that waits to be sent. */
sealed interface OwnChange {

    ModelType model();

    UUID uuid();

    /** How far its scope is once it has left. */
    Mark mark();

    Scope scope();

    /** {@code previous} is the rev that this model had before. */
    record Owned(DeviceId owner, ModelType model, long previous, StateChange change) implements OwnChange {
        @Override
        public UUID uuid() {
            return change.uuid();
        }

        @Override
        public Mark mark() {
            return new Mark(change.rev(), change.changedAt(), null);
        }

        @Override
        public Scope scope() {
            return Scope.state(owner, model);
        }
    }

    record Shared(SharedChange change) implements OwnChange {
        @Override
        public ModelType model() {
            return change.model();
        }

        @Override
        public UUID uuid() {
            return change.uuid();
        }

        @Override
        public Mark mark() {
            return new Mark(change.seq(), change.hlc().millis(), change.hlc());
        }

        @Override
        public Scope scope() {
            return Scope.shared(change.author());
        }
    }
}
