/**
 * A small metrics library: exact counters, latency distributions and highest values, declared once as annotated getters,
 * written by many threads without locks and frozen into immutable values. It must not know any word of sync.
 */
@NullMarked
package io.librarysync.instrument;

import org.jspecify.annotations.NullMarked;
