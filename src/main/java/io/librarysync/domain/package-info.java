/**
 * The words that sync uses: ids, models, states, reasons and the clock. Values only; it knows nothing of counting, storing
 * or sending.
 */
@NullMarked
package io.librarysync.domain;

import org.jspecify.annotations.NullMarked;
