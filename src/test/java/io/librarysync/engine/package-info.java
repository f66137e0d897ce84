/** The parts of the engine, one by one. */
@NullMarked
package io.librarysync.engine;

import org.jspecify.annotations.NullMarked;
