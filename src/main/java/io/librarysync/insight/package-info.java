/**
 * Questions on top of numbers: what is different between two stretches of time, and why
 * a record is not on every device. It must not know where the numbers come
 * from, nor how anybody asks.
 */
@NullMarked
package io.librarysync.insight;

import org.jspecify.annotations.NullMarked;
