/** What tests share: hand-driven time, networks and libraries, and the checks that hold for every scenario. */
@NullMarked
package io.librarysync.testing;

import org.jspecify.annotations.NullMarked;
