/** The metrics in a program that has nothing else of ours. */
@NullMarked
package io.librarysync.example;

import org.jspecify.annotations.NullMarked;
