package io.librarysync.jmx;

import io.librarysync.metrics.Category;
import java.util.List;
import java.util.Map;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.weakref.jmx.ObjectNameBuilder;
import org.weakref.jmx.ObjectNameGenerator;

/** The ObjectNames of one library's beans; keys always in the order type, library, name. */
final class BeanNames implements ObjectNameGenerator {
    private static final List<String> KEYS = List.of("type", "library", "name");

    private final String library;

    BeanNames(String library) {
        this.library = library;
    }

    ObjectName category(Category category) {
        return name("Metrics", category.beanName());
    }

    ObjectName metricsControl() {
        return name("Control", "Metrics");
    }

    ObjectName syncControl() {
        return name("Control", "Sync");
    }

    ObjectName device(String id) {
        return name("Device", id);
    }

    ObjectName model(String name) {
        return name("Model", name);
    }

    /** The keys that are given, in the fixed order, with this library's id. */
    @Override
    public String generatedNameOf(Class<?> type, Map<String, String> properties) {
        ObjectNameBuilder builder = new ObjectNameBuilder(SyncMBeans.DOMAIN);
        for (String key : KEYS) {
            builder = builder.withProperty(key, key.equals("library") ? library : valueOf(properties, key));
        }
        return builder.build();
    }

    private ObjectName name(String type, String name) {
        return parse(generatedNameOf(BeanNames.class, Map.of("type", type, "name", name)));
    }

    private static String valueOf(Map<String, String> properties, String key) {
        String value = properties.get(key);
        if (value == null) {
            throw new IllegalArgumentException("an ObjectName of ours needs the key " + key);
        }
        return value;
    }

    private static ObjectName parse(String name) {
        try {
            return new ObjectName(name);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("not an ObjectName: " + name, e);
        }
    }
}
