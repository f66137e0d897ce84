/** Boundaries between packages, checked on the compiled classes. */
@NullMarked
package io.librarysync.architecture;

import org.jspecify.annotations.NullMarked;
