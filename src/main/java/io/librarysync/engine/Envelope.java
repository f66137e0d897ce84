package io.librarysync.engine;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.LibraryId;
import java.util.UUID;

/**
 * A message with what every message carries.
 *
 * @param msgId unique; a resend keeps it
 * @param attempt 0 for the first send
 */
record Envelope(LibraryId library, DeviceId from, UUID msgId, int attempt, Message message) {}
