/**
 * The five categories of sync metrics: their declarations as MXBean interfaces, the cells that record them, and the immutable
 * snapshot that everything else reads. It must not know who records or who reads.
 */
@NullMarked
package io.librarysync.metrics;

import org.jspecify.annotations.NullMarked;
