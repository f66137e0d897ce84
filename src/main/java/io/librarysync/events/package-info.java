/**
 * What happened in sync, one event at a time: what kinds there are, how they are numbered, kept for a while and handed to
 * whoever listens. It must not know where events are stored, nor how they are shown.
 */
@NullMarked
package io.librarysync.events;

import org.jspecify.annotations.NullMarked;
