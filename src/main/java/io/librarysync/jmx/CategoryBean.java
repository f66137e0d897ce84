package io.librarysync.jmx;

import io.librarysync.instrument.GroupSnapshot;
import io.librarysync.instrument.MetricGroup;
import io.librarysync.metrics.Category;
import javax.management.AttributeList;
import javax.management.MBeanInfo;
import javax.management.StandardMBean;

/**
 * The MXBean of one category: attributes as the interface declares them, in its order, with its words. All attributes of one
 * bulk read come from one snapshot.
 */
final class CategoryBean extends StandardMBean {
    private final SnapshotSource source;
    private final MBeanInfo info;

    private <I> CategoryBean(Class<I> type, Category category, SnapshotSource source) {
        super(MetricGroup.live(type, () -> group(type, source.current().group(category))), type, true);
        this.source = source;
        this.info = Described.category(
                super.getMBeanInfo(),
                MetricGroup.describe(type),
                "Metrics of library sync: " + category.json().replace('_', ' '));
    }

    static CategoryBean of(Category category, SnapshotSource source) {
        return new CategoryBean(category.type(), category, source);
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        return source.inOneSnapshot(() -> super.getAttributes(attributes));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }

    @SuppressWarnings("unchecked") // checked by the group's own type
    private static <I> GroupSnapshot<I> group(Class<I> type, GroupSnapshot<?> group) {
        if (group.type() != type) {
            throw new IllegalArgumentException(group.type() + " is not " + type);
        }
        return (GroupSnapshot<I>) group;
    }
}
