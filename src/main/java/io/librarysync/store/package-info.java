/**
 * What a device keeps, by plain JDBC: in one SQLite file the library with everything that must change together with a row,
 * in another one, or in a PostgreSQL database, the history of its metrics. It must not know what a number means, how
 * messages travel or who asks.
 */
@NullMarked
package io.librarysync.store;

import org.jspecify.annotations.NullMarked;
