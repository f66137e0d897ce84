package io.librarysync.engine.jgroups;

import io.librarysync.domain.DeviceId;
import io.librarysync.domain.Fault;
import io.librarysync.domain.RefusalReason;
import io.librarysync.engine.Transport.Listener;
import io.librarysync.engine.UnreachableException;
import io.librarysync.engine.jgroups.Frame.Hello;
import io.librarysync.engine.jgroups.Frame.Proof;
import io.librarysync.engine.jgroups.Frame.Refused;
import io.librarysync.engine.jgroups.Link.Stage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other addresses in the view, and the handshake with each. A device is up once both sides have shown that they hold the
 * secret. Safe for use from several threads; the listener is called under the lock, one call at a time.
 */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    /** Greetings of addresses that our view does not have yet. */
    private static final int MOST_EARLY_GREETINGS = 64;

    private static final int MOST_STRANGERS = 1_000;

    private final JGroupsSettings settings;
    private final Duration contest;
    private final Outlet outlet;
    private final Listener listener;
    private final Map<Address, Link> links = new HashMap<>();
    private final Map<DeviceId, Link> up = new HashMap<>();
    private final Map<Address, Hello> early = new HashMap<>();
    private final Set<Address> refusedStrangers = new HashSet<>();
    private boolean closed;

    /** What the handshake needs of the channel. */
    interface Outlet {

        /** Sends on the lane of the link. */
        void send(Link link, Frame frame);

        void after(Duration delay, Runnable task);
    }

    Links(JGroupsSettings settings, Duration contest, Outlet outlet, Listener listener) {
        this.settings = settings;
        this.contest = contest;
        this.outlet = outlet;
        this.listener = listener;
    }

    /** The other members of the channel are these now. */
    synchronized void viewChanged(List<Address> others) {
        if (closed) {
            return;
        }
        List<Address> gone =
                links.keySet().stream().filter(known -> !others.contains(known)).toList();
        gone.forEach(this::remove);
        others.stream().filter(address -> !links.containsKey(address)).forEach(this::add);
        early.clear();
    }

    synchronized void frame(Address from, Frame frame) {
        Link link = links.get(from);
        if (closed) {
            return;
        }
        if (link == null) {
            keepEarly(from, frame);
        } else if (!link.is(Stage.REFUSED)) {
            handshake(link, frame);
        }
    }

    /** Something came from there that is no frame. */
    synchronized void malformed(Address from, String problem) {
        Link link = links.get(from);
        if (link != null && !link.is(Stage.REFUSED) && !closed) {
            refuse(link, RefusalReason.PROTOCOL, problem);
        }
    }

    /** An address was kept out of the channel, or keeps us out; each is told of once, however often it asks. */
    synchronized void strangerRefused(RefusalReason reason, @Nullable Address stranger, String problem) {
        if (!closed && (stranger == null || isNew(stranger))) {
            LOG.warn("refused: {}", problem);
            listener.peerRefused(reason, null, fault(reason, problem));
        }
    }

    private boolean isNew(Address stranger) {
        if (refusedStrangers.size() == MOST_STRANGERS) {
            refusedStrangers.clear();
        }
        return refusedStrangers.add(stranger);
    }

    /** Tells the listener of something that came from an address, unless that is not up. */
    synchronized void deliver(Address from, Delivery delivery) {
        Link link = links.get(from);
        if (link != null && link.is(Stage.UP) && link.device() != null && !closed) {
            delivery.to(listener, link, link.device());
        }
    }

    /** One call of the listener. */
    interface Delivery {
        void to(Listener listener, Link link, DeviceId peer);
    }

    synchronized Link upLink(DeviceId peer) throws UnreachableException {
        Link link = up.get(peer);
        if (link == null || closed) {
            throw new UnreachableException(peer + " is not up");
        }
        return link;
    }

    /** No call of the listener comes after it; pending requests fail. */
    synchronized void close() {
        closed = true;
        for (Link link : links.values()) {
            link.failPending("closed");
            link.close();
        }
        links.clear();
        up.clear();
    }

    private void add(Address address) {
        Link link = new Link(address, settings.nonces().get());
        links.put(address, link);
        sayHello(link);
        Hello greeting = early.remove(address);
        if (greeting != null) {
            greeted(link, greeting);
        }
    }

    private void remove(Address address) {
        Link link = links.remove(address);
        refusedStrangers.remove(address);
        if (link != null) {
            down(link, "left");
            link.close();
        }
    }

    private void keepEarly(Address from, Frame frame) {
        if (frame instanceof Hello hello && early.size() < MOST_EARLY_GREETINGS) {
            early.put(from, hello);
        }
    }

    private void handshake(Link link, Frame frame) {
        if (frame instanceof Hello hello) {
            greeted(link, hello);
        } else if (frame instanceof Proof proof) {
            proofCame(link, proof);
        } else if (frame instanceof Refused refused) {
            LOG.warn("{} refused us: {}", nameOf(link), refused.reason().label());
            end(link, "refused us");
        }
    }

    private void sayHello(Link link) {
        outlet.send(
                link,
                new Hello(
                        Hello.PROTOCOL_NOW,
                        settings.library(),
                        settings.device(),
                        settings.name(),
                        settings.run(),
                        link.nonce()));
    }

    private void greeted(Link link, Hello hello) {
        if (link.isAnew(hello)) {
            down(link, "began anew");
            sayHello(link);
        } else if (link.hello() != null) {
            return;
        }
        link.greeted(hello);
        Optional<RefusalReason> unfit = unfit(hello);
        if (unfit.isPresent()) {
            refuse(link, unfit.get(), "by what it says of itself");
        } else if (isTaken(link)) {
            contest(link);
        } else {
            prove(link, hello);
        }
    }

    private void prove(Link link, Hello hello) {
        byte[] code = codeOf(settings.device(), hello.device(), hello.nonce());
        outlet.send(
                link, new Proof(settings.device(), hello.nonce(), HexFormat.of().formatHex(code)));
    }

    private Optional<RefusalReason> unfit(Hello hello) {
        if (hello.protocol() != Hello.PROTOCOL_NOW) {
            return Optional.of(RefusalReason.PROTOCOL);
        }
        if (!hello.library().equals(settings.library())) {
            return Optional.of(RefusalReason.WRONG_LIBRARY);
        }
        return hello.device().equals(settings.device()) ? Optional.of(RefusalReason.OWN_ID) : Optional.empty();
    }

    /** A proof that answers an older nonce is late and means nothing. */
    private void proofCame(Link link, Proof proof) {
        Hello hello = link.hello();
        if (hello == null || !proof.nonce().equals(link.nonce()) || link.isProved()) {
            return;
        }
        if (!isValid(proof, hello)) {
            refuse(link, RefusalReason.WRONG_SECRET, "it does not hold the secret");
            return;
        }
        link.proved();
        if (link.is(Stage.GREETING)) {
            admit(link, hello);
        }
    }

    private boolean isValid(Proof proof, Hello hello) {
        byte[] code = codeOf(hello.device(), settings.device(), proof.nonce());
        byte[] expected = HexFormat.of().formatHex(code).getBytes(StandardCharsets.US_ASCII);
        return proof.device().equals(hello.device())
                && MessageDigest.isEqual(expected, proof.code().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] codeOf(DeviceId prover, DeviceId verifier, Object nonce) {
        return settings.secret().code(settings.library(), prover, verifier, nonce);
    }

    private void admit(Link link, Hello hello) {
        if (isTaken(link)) {
            contest(link);
            return;
        }
        up.put(hello.device(), link);
        link.to(Stage.UP);
        LOG.info("{} is up", nameOf(link));
        listener.peerUp(hello.device(), hello.name());
    }

    private boolean isTaken(Link link) {
        Link holder = up.get(link.device());
        return holder != null && holder != link;
    }

    private void contest(Link link) {
        link.to(Stage.CONTESTED);
        outlet.after(contest, () -> decide(link));
    }

    private synchronized void decide(Link link) {
        if (link.is(Stage.CONTESTED) && links.get(link.address()) == link && !closed) {
            refuse(link, RefusalReason.DUPLICATE_DEVICE, "the device is up at another address");
        }
    }

    private void refuse(Link link, RefusalReason reason, String problem) {
        String text = nameOf(link) + ": " + reason.label() + ", " + problem;
        LOG.warn("refused {}", text);
        outlet.send(link, new Refused(reason));
        DeviceId device = link.device();
        end(link, "refused");
        listener.peerRefused(reason, device, fault(reason, text));
    }

    private void end(Link link, String reason) {
        down(link, reason);
        link.to(Stage.REFUSED);
    }

    private void down(Link link, String reason) {
        link.failPending(nameOf(link) + " " + reason);
        Hello hello = link.hello();
        if (hello != null && link.is(Stage.UP)) {
            link.to(Stage.GREETING);
            up.remove(hello.device());
            LOG.info("{} is down: {}", nameOf(link), reason);
            listener.peerDown(hello.device(), reason);
            giveWay(hello.device());
        }
    }

    /** Lets in the address that waited for another one of the same device to go. */
    private void giveWay(DeviceId device) {
        for (Link link : new ArrayList<>(links.values())) {
            Hello hello = link.hello();
            if (hello != null && link.is(Stage.CONTESTED) && hello.device().equals(device)) {
                link.to(Stage.GREETING);
                prove(link, hello);
                if (link.isProved()) {
                    admit(link, hello);
                }
                return;
            }
        }
    }

    private static Fault fault(RefusalReason reason, String message) {
        return new Fault(reason.label(), message);
    }

    private static String nameOf(Link link) {
        Hello hello = link.hello();
        return hello == null ? "the device at " + link.address() : hello.name() + " (" + hello.device() + ")";
    }
}
