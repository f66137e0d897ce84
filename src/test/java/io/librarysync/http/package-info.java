/** The server as its clients see it, over real sockets. */
@NullMarked
package io.librarysync.http;

import org.jspecify.annotations.NullMarked;
