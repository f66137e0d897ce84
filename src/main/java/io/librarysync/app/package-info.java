/**
 * Puts a device together: settings, identity, real clocks, threads and ports, and takes it apart again. The only place
 * that creates the big things; nothing knows it.
 */
@NullMarked
package io.librarysync.app;

import org.jspecify.annotations.NullMarked;
