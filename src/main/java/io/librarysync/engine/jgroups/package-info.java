/**
 * The adapter that carries payloads by JGroups: one channel per library, unicast only, and a handshake by which devices prove
 * that they hold the library's secret. It must not know what a payload means.
 */
@NullMarked
package io.librarysync.engine.jgroups;

import org.jspecify.annotations.NullMarked;
