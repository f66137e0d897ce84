package io.librarysync.engine.jgroups;

import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.Message;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TpHeader;

/**
 * TCP between devices, which tells who speaks to us in the name of another library. JGroups drops such messages at its lowest
 * layer, so that without this a device with a mistyped library or secret would leave no trace in any number.
 */
final class LibraryTcp extends TCP {
    private final Consumer<Address> onStranger;

    LibraryTcp(Consumer<Address> onStranger) {
        this.onStranger = onStranger;
        setId(ClassConfigurator.getProtocolId(TCP.class));
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
