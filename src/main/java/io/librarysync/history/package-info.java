/**
 * Snapshots over time: where they are kept and how they are found again. It must not know how they are shown, nor which
 * database keeps them.
 */
@NullMarked
package io.librarysync.history;

import org.jspecify.annotations.NullMarked;
