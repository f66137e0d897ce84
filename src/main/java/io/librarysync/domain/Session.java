package io.librarysync.domain;

import java.util.UUID;

/** One pull session. Its id travels in every request of it, so that both devices know it by the same one. */
public record Session(UUID id, SessionKind kind) {}
