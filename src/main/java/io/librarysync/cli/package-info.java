/**
 * The command line {@code sd}: parses what was typed, asks the device over HTTP, prints what it answers. It computes no
 * metric and must not know how a device is put together: it starts one through {@link io.librarysync.cli.NodeHost}.
 */
@NullMarked
package io.librarysync.cli;

import org.jspecify.annotations.NullMarked;
