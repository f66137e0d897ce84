package io.librarysync.cli;

import picocli.CommandLine.Command;

/** The switches of a running device. */
abstract class SwitchCommand extends DeviceCommand {

    SwitchCommand(Terminal terminal) {
        super(terminal);
    }

    abstract void flip(DeviceClient device);

    @Override
    final void run(DeviceClient device, Terminal terminal) {
        flip(device);
    }

    @Command(description = "Switches metrics on; a new epoch begins.")
    static final class Enable extends SwitchCommand {
        Enable(Terminal terminal) {
            super(terminal);
        }

        @Override
        void flip(DeviceClient device) {
            device.set("Metrics", "Enabled", true);
        }
    }

    @Command(description = "Switches metrics off; sync goes on.")
    static final class Disable extends SwitchCommand {
        Disable(Terminal terminal) {
            super(terminal);
        }

        @Override
        void flip(DeviceClient device) {
            device.set("Metrics", "Enabled", false);
        }
    }

    @Command(description = "Pauses sync: nothing is sent, taken or served until it is resumed.")
    static final class Pause extends SwitchCommand {
        Pause(Terminal terminal) {
            super(terminal);
        }

        @Override
        void flip(DeviceClient device) {
            device.call("Sync", "pause()");
        }
    }

    @Command(description = "Resumes sync and catches up.")
    static final class Resume extends SwitchCommand {
        Resume(Terminal terminal) {
            super(terminal);
        }

        @Override
        void flip(DeviceClient device) {
            device.call("Sync", "resume()");
        }
    }
}
