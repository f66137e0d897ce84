/** Beans as clients see them: in process, by attach and over RMI. */
@NullMarked
package io.librarysync.jmx;

import org.jspecify.annotations.NullMarked;
