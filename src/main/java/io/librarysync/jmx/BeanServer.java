package io.librarysync.jmx;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;

/** Where beans are registered: the server of the process, or one of its own for a device in a test. */
public record BeanServer(MBeanServer mbeans) {

    /** The one that JConsole sees. */
    public static BeanServer ofProcess() {
        return new BeanServer(ManagementFactory.getPlatformMBeanServer());
    }

    /** A new one that nobody else knows. */
    public static BeanServer separate() {
        return new BeanServer(MBeanServerFactory.newMBeanServer());
    }
}
