package io.librarysync.engine.jgroups;

import java.util.concurrent.CompletableFuture;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Receiver;
import org.jgroups.blocks.MessageDispatcher;
import org.jgroups.blocks.RequestHandler;
import org.jgroups.blocks.RequestOptions;

/**
 * Frames to and from addresses. One-way frames and requests take the same way, so that those for one address arrive in the
 * order sent; sending may block.
 */
final class Wire {

    private final MessageDispatcher dispatcher;

    Wire(JChannel channel, RequestHandler incoming, Receiver views) {
        dispatcher = new MessageDispatcher(channel, incoming);
        dispatcher.asyncDispatching(true);
        dispatcher.setReceiver(views);
    }

    void send(Address to, byte[] frame) throws Exception {
        var unused = dispatcher.sendMessageWithFuture(new BytesMessage(to, frame), RequestOptions.ASYNC());
    }

    /** Its own timeout is never applied; the caller must have one. */
    CompletableFuture<byte[]> request(Address to, byte[] frame) throws Exception {
        return dispatcher.sendMessageWithFuture(new BytesMessage(to, frame), RequestOptions.SYNC());
    }

    void close() {
        dispatcher.stop();
    }
}
