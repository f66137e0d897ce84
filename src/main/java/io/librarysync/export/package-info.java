/**
 * Pure functions from a snapshot to what people and programs read: JSON, text screens. It computes nothing but percentages,
 * averages and formats, and must not know where the output goes.
 */
@NullMarked
package io.librarysync.export;

import org.jspecify.annotations.NullMarked;
