/**
 * Sync itself: indexing, broadcasting, applying, pulling, settling conflicts, and the state of it all. It reports to
 * {@link io.librarysync.record.SyncRecorder} what happened and must not know how that is counted, how messages travel or
 * how rows are stored: those are its ports.
 */
@NullMarked
package io.librarysync.engine;

import org.jspecify.annotations.NullMarked;
