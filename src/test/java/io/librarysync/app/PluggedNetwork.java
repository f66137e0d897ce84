package io.librarysync.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own inside this machine, which nothing else can reach: a network namespace per device, each with one cable
 * to a switch in another namespace. A cable can be pulled and put back. It takes Linux and the rights of root.
 */
final class PluggedNetwork implements AutoCloseable {
    private static final String NET = "10.77.0.";
    private static final int SWITCH = 254;
    private static final String BITS = "/24";
    private static final long COMMAND_SECONDS = 30;

    private final String name;
    private final List<String> namespaces = new ArrayList<>();

    private PluggedNetwork(String name) {
        this.name = name;
    }

    /** Whether this machine lets this process make one. */
    static boolean isAvailable() {
        try (PluggedNetwork network = of(1)) {
            return !network.namespaces.isEmpty();
        } catch (IOException | IllegalStateException e) {
            return false;
        }
    }

    /** One for so many devices, the first of which is number 1; all cables are in. */
    static PluggedNetwork of(int devices) throws IOException {
        PluggedNetwork network =
                new PluggedNetwork("sd" + ProcessHandle.current().pid());
        try {
            network.build(devices);
            return network;
        } catch (IOException | IllegalStateException e) {
            network.close();
            throw e;
        }
    }

    private void build(int devices) throws IOException {
        add(SWITCH);
        in(SWITCH, "link", "add", "name", "switch", "type", "bridge");
        in(SWITCH, "link", "set", "switch", "up");
        in(SWITCH, "addr", "add", addressOf(SWITCH) + BITS, "dev", "switch");
        for (int device = 1; device <= devices; device++) {
            add(device);
            in(SWITCH, "link", "add", portOf(device), "type", "veth", "peer", "name", "cable", "netns", nameOf(device));
            in(SWITCH, "link", "set", portOf(device), "master", "switch");
            plug(device);
            in(device, "addr", "add", addressOf(device) + BITS, "dev", "cable");
            in(device, "link", "set", "cable", "up");
        }
    }

    String addressOf(int device) {
        return NET + device;
    }

    /** What a command begins with to be run where the device is. */
    List<String> at(int device) {
        return List.of("ip", "netns", "exec", nameOf(device));
    }

    /** The same at the switch, which reaches every device whose cable is in. */
    List<String> atSwitch() {
        return at(SWITCH);
    }

    /** Pulls the cable of a device. */
    void unplug(int device) throws IOException {
        in(SWITCH, "link", "set", portOf(device), "down");
    }

    void plug(int device) throws IOException {
        in(SWITCH, "link", "set", portOf(device), "up");
    }

    @Override
    public void close() {
        for (String namespace : namespaces) {
            try {
                ip("netns", "del", namespace);
            } catch (IOException | IllegalStateException e) {
                System.err.println("network namespace " + namespace + " is left behind: " + e.getMessage());
            }
        }
        namespaces.clear();
    }

    private void add(int device) throws IOException {
        ip("netns", "add", nameOf(device));
        namespaces.add(nameOf(device));
        in(device, "link", "set", "lo", "up");
    }

    private String nameOf(int device) {
        return name + "-" + device;
    }

    private static String portOf(int device) {
        return "port" + device;
    }

    private void in(int device, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-n", nameOf(device)));
        all.addAll(List.of(arguments));
        ip(all.toArray(String[]::new));
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
