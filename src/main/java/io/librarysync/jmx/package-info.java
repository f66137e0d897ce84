/**
 * The beans of one device: their names, what they answer, who may touch them from afar. It reads snapshots and fills nothing
 * but the MBean server; it must not know HTTP, storage or the engine.
 */
@NullMarked
package io.librarysync.jmx;

import org.jspecify.annotations.NullMarked;
