package io.librarysync.jmx;

import javax.management.MBeanInfo;
import javax.management.StandardMBean;

/** The MXBean of the sync service, in the words of its interface. */
final class SyncControlBean extends StandardMBean {
    private final MBeanInfo info;

    SyncControlBean(SyncControl control) {
        super(ControlCalls.of(SyncControl.class, control), SyncControl.class, true);
        this.info = Described.control(super.getMBeanInfo(), SyncControl.class);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }
}
