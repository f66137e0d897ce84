package io.librarysync.jmx;

import io.librarysync.instrument.MetricDescription;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfoSupport;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.OpenMBeanParameterInfoSupport;
import javax.management.openmbean.OpenType;

/** Bean infos with the words of our declarations in place of the names that JMX repeats; open types are kept. */
final class Described {
    private static final String OPEN_TYPE = "openType";

    private Described() {}

    /** The info of a category: attributes in declared order. */
    static MBeanInfo category(MBeanInfo plain, List<MetricDescription> metrics, String description) {
        List<String> order = metrics.stream().map(MetricDescription::attribute).toList();
        MBeanAttributeInfo[] attributes = Arrays.stream(plain.getAttributes())
                .sorted(Comparator.comparingInt(attribute -> order.indexOf(attribute.getName())))
                .map(attribute -> attribute(
                        attribute,
                        metrics.get(order.indexOf(attribute.getName())).help()))
                .toArray(MBeanAttributeInfo[]::new);
        return with(plain.getClassName(), plain, description, attributes, plain.getOperations());
    }

    /** The info of a Control bean, out of the {@link Help} of its interface; members by name. */
    static MBeanInfo control(MBeanInfo plain, Class<?> type) {
        MBeanAttributeInfo[] attributes = Arrays.stream(plain.getAttributes())
                .sorted(Comparator.comparing(MBeanFeatureInfo::getName))
                .map(attribute ->
                        attribute(attribute, help(getter(type, attribute)).value()))
                .toArray(MBeanAttributeInfo[]::new);
        MBeanOperationInfo[] operations = Arrays.stream(plain.getOperations())
                .sorted(Comparator.comparing(MBeanFeatureInfo::getName))
                .map(operation -> operation(operation, method(type, operation.getName())))
                .toArray(MBeanOperationInfo[]::new);
        return with(type.getName(), plain, help(type).value(), attributes, operations);
    }

    private static MBeanInfo with(
            String className,
            MBeanInfo plain,
            String description,
            MBeanAttributeInfo[] attributes,
            MBeanOperationInfo[] operations) {
        return new MBeanInfo(
                className,
                description,
                attributes,
                plain.getConstructors(),
                operations,
                plain.getNotifications(),
                plain.getDescriptor());
    }

    private static MBeanAttributeInfo attribute(MBeanAttributeInfo plain, String description) {
        if (plain instanceof OpenMBeanAttributeInfoSupport open) {
            return new OpenMBeanAttributeInfoSupport(
                    plain.getName(),
                    description,
                    open.getOpenType(),
                    plain.isReadable(),
                    plain.isWritable(),
                    plain.isIs(),
                    plain.getDescriptor());
        }
        return new MBeanAttributeInfo(
                plain.getName(),
                plain.getType(),
                description,
                plain.isReadable(),
                plain.isWritable(),
                plain.isIs(),
                plain.getDescriptor());
    }

    private static MBeanOperationInfo operation(MBeanOperationInfo plain, Method method) {
        Help help = help(method);
        MBeanParameterInfo[] parameters = IntStream.range(0, plain.getSignature().length)
                .mapToObj(i -> parameter(plain.getSignature()[i], method, i))
                .toArray(MBeanParameterInfo[]::new);
        if (plain instanceof OpenMBeanOperationInfoSupport open) {
            return new OpenMBeanOperationInfoSupport(
                    plain.getName(),
                    help.value(),
                    Arrays.copyOf(parameters, parameters.length, OpenMBeanParameterInfo[].class),
                    open.getReturnOpenType(),
                    help.impact(),
                    plain.getDescriptor());
        }
        return new MBeanOperationInfo(
                plain.getName(), help.value(), parameters, plain.getReturnType(), help.impact(), plain.getDescriptor());
    }

    private static MBeanParameterInfo parameter(MBeanParameterInfo plain, Method method, int index) {
        Descriptor descriptor = plain.getDescriptor();
        String name = method.getParameters()[index].getName();
        String description = help(method.getParameters()[index]).value();
        return plain instanceof OpenMBeanParameterInfo
                        && descriptor.getFieldValue(OPEN_TYPE) instanceof OpenType<?> type
                ? new OpenMBeanParameterInfoSupport(name, description, type, descriptor)
                : new MBeanParameterInfo(name, plain.getType(), description, descriptor);
    }

    private static Method getter(Class<?> type, MBeanAttributeInfo attribute) {
        return method(type, (attribute.isIs() ? "is" : "get") + attribute.getName());
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + " has no method " + name));
    }

    private static Help help(AnnotatedElement element) {
        Help help = element.getAnnotation(Help.class);
        if (help == null) {
            throw new IllegalArgumentException(element + " is published without a word of help");
        }
        return help;
    }
}
