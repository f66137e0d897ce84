package io.librarysync.engine.jgroups;

import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP_NIO2;
import org.jgroups.protocols.TpHeader;

/**
 * TCP between devices, which tells who speaks to us in the name of another library. JGroups drops such messages at its lowest
 * layer, so that without this a device with a mistyped library or secret would leave no trace in any number.
 *
 * <p>Sockets do not block. With blocking ones a device whose cable is out fills the one buffer that is on its way to it, and
 * the thread that writes there keeps signs of life from all others too: they lose each other.
 */
final class LibraryTcp extends TCP_NIO2 {
    private final Consumer<Address> onStranger;

    LibraryTcp(Consumer<Address> onStranger) {
        this.onStranger = onStranger;
        setId(ClassConfigurator.getProtocolId(TCP_NIO2.class));
        logDiscardMsgs(false);
    }

    @Override
    public void passMessageUp(Message message, boolean matchCluster, boolean multicast, boolean discardOwn) {
        TpHeader header = message.getHeader(getId());
        if (matchCluster && header != null && cluster_name != null && !cluster_name.equals(header.clusterName())) {
            onStranger.accept(message.getSrc());
        }
        super.passMessageUp(message, matchCluster, multicast, discardOwn);
    }
}
