package io.librarysync.history;

import io.librarysync.metrics.ErrorEvent;
import io.librarysync.metrics.StateTransition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a history keeps. */
public sealed interface Entry {

    /** An epoch begins. */
    record Begun(Epoch epoch) implements Entry {}

    /**
     * A sample was taken.
     *
     * @param transitions those since the sample before, oldest first
     * @param errors those since the sample before, oldest first
     * @param json the whole snapshot, where it is to be kept as such
     */
    record Taken(Sample sample, List<StateTransition> transitions, List<ErrorEvent> errors, @Nullable String json)
            implements Entry {
        public Taken {
            transitions = List.copyOf(transitions);
            errors = List.copyOf(errors);
        }
    }

    /** An epoch has ended. */
    record Ended(Epoch epoch) implements Entry {}
}
