/**
 * The files of a device, by plain JDBC over SQLite: the library with everything that must change together with a row, and
 * the stored snapshots beside it. It must not know what a number means, how messages travel or who asks.
 */
@NullMarked
package io.librarysync.store;

import org.jspecify.annotations.NullMarked;
