/** Whole devices over an in-process network on hand-driven time, judged by their snapshots. */
@NullMarked
package io.librarysync.scenario;

import org.jspecify.annotations.NullMarked;
