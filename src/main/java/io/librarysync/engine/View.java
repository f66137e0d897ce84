package io.librarysync.engine;

import io.librarysync.domain.SyncState;

/** What any thread may know of this device at once, without waiting for the loop. */
record View(Heads heads, SyncState state) {}
