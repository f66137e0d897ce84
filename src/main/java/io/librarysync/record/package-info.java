/**
 * The seam between sync and its metrics: what the engine reports, in the words of sync. It must not know how anything is
 * counted, kept or shown.
 */
@NullMarked
package io.librarysync.record;

import org.jspecify.annotations.NullMarked;
