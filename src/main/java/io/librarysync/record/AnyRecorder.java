package io.librarysync.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MutableCallSite;

/**
 * Whether any recorder of this process is on. While none is, that is a constant to the compiler and all recording is compiled
 * away; when the first is turned on or the last one off, what had been compiled is compiled anew.
 */
final class AnyRecorder {
    private static final MutableCallSite SITE = new MutableCallSite(constant(false));
    private static final MethodHandle IS_ON = SITE.dynamicInvoker();

    private static int on;

    private AnyRecorder() {}

    static boolean isOn() {
        try {
            return (boolean) IS_ON.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("a constant cannot fail", e);
        }
    }

    static synchronized void turnedOn() {
        on++;
        if (on == 1) {
            become(true);
        }
    }

    static synchronized void turnedOff() {
        on--;
        if (on == 0) {
            become(false);
        }
    }

    private static void become(boolean any) {
        SITE.setTarget(constant(any));
        MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }

    private static MethodHandle constant(boolean value) {
        return MethodHandles.constant(boolean.class, value);
    }
}
