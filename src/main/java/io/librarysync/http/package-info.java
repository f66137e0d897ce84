/**
 * The one HTTP server of a device: who gets in, the Jolokia bridge to our beans, metrics as JSON and text, the dashboard. It must not know
 * the engine or the database, and it changes nothing but through the Control beans.
 */
@NullMarked
package io.librarysync.http;

import org.jspecify.annotations.NullMarked;
