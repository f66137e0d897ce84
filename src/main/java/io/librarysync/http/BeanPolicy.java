package io.librarysync.http;

import io.librarysync.jmx.SyncMBeans;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.DenyAllRestrictor;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the bridge lets through: what the policy file names, of our beans; other beans are invisible. */
final class BeanPolicy implements Restrictor {
    private static final Logger LOG = LoggerFactory.getLogger(BeanPolicy.class);
    private static final Pattern SIGNATURE = Pattern.compile("\\(.*", Pattern.DOTALL);
    private static final String FILE = "jolokia-access.xml";
    private static final int MOST_KNOWN = 10_000;

    private final Restrictor file;

    /** What the file says of reads that were asked for before: it is long to ask and never says anything else. */
    private final Map<Read, Boolean> known = new ConcurrentHashMap<>();

    private record Read(String bean, String attribute) {}

    private BeanPolicy(Restrictor file) {
        this.file = file;
    }

    /** The policy that comes with this software; if it is missing, nothing is let through. */
    static BeanPolicy packaged() {
        try (InputStream policy = BeanPolicy.class.getResourceAsStream(FILE)) {
            if (policy != null) {
                return new BeanPolicy(new PolicyRestrictor(policy));
            }
        } catch (IOException e) {
            LOG.error("{} cannot be read", FILE, e);
        }
        LOG.error("{} is missing; the Jolokia bridge refuses everything", FILE);
        return new BeanPolicy(new DenyAllRestrictor());
    }

    @Override
    public boolean isHttpMethodAllowed(HttpMethod method) {
        return file.isHttpMethodAllowed(method);
    }

    @Override
    public boolean isTypeAllowed(RequestType type) {
        return file.isTypeAllowed(type);
    }

    @Override
    public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
        if (known.size() >= MOST_KNOWN) {
            known.clear(); // names come from outside, and there is no end to them
        }
        return !isObjectNameHidden(name)
                && known.computeIfAbsent(
                        new Read(name.getCanonicalName(), attribute),
                        unknown -> file.isAttributeReadAllowed(name, attribute));
    }

    @Override
    public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
        return !isObjectNameHidden(name) && file.isAttributeWriteAllowed(name, attribute);
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
        return !isObjectNameHidden(name)
                && file.isOperationAllowed(name, SIGNATURE.matcher(operation).replaceFirst(""));
    }

    @Override
    public boolean isRemoteAccessAllowed(String... hostOrAddress) {
        return file.isRemoteAccessAllowed(hostOrAddress);
    }

    /** Whether a page may read the answer; whether a request may come in at all ({@code strict}) is up to the gate. */
    @Override
    public boolean isOriginAllowed(String origin, boolean strict) {
        return strict || file.isOriginAllowed(origin, false);
    }

    @Override
    public boolean isObjectNameHidden(ObjectName name) {
        return !name.getDomain().equals(SyncMBeans.DOMAIN) || file.isObjectNameHidden(name);
    }
}
