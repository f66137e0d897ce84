package io.librarysync.metrics;

/** Hears of each change of state, on the thread that made it; it returns at once. */
@FunctionalInterface
public interface TransitionListener {
    void transitioned(StateTransition transition);
}
