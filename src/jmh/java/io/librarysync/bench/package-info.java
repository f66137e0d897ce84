/** What recording and reading cost, beside the metrics libraries that a Java developer would pick. */
@NullMarked
package io.librarysync.bench;

import org.jspecify.annotations.NullMarked;
