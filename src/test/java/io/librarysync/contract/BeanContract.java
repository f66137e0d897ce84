package io.librarysync.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.management.Descriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What one bean promises, in the order of its info; a bean built by jmxutils has no description of its own. */
record BeanContract(
        String objectName,
        @Nullable String description,
        List<Attribute> attributes,
        List<Operation> operations,
        List<Notice> notifications) {

    /** One attribute; {@code type} as Java has it. */
    record Attribute(String name, String type, String units, String metricType, boolean writable, String description) {}

    /** One operation; {@code impact} is {@code info} or {@code action}. */
    record Operation(String name, String impact, String returns, List<Parameter> parameters, String description) {}

    /** One parameter of an operation. */
    record Parameter(String name, String type, String description) {}

    /** One kind of notification. */
    record Notice(String type, String description) {}

    static BeanContract of(ObjectName name, MBeanInfo info) {
        return new BeanContract(
                generic(name),
                info.getDescription(),
                Arrays.stream(info.getAttributes()).map(BeanContract::attribute).toList(),
                Arrays.stream(info.getOperations()).map(BeanContract::operation).toList(),
                Arrays.stream(info.getNotifications()).map(BeanContract::notice).toList());
    }

    String json() throws JsonProcessingException {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## `%s`\n".formatted(objectName));
        if (description != null) {
            text.append("\n%s.\n".formatted(description));
        }
        if (!attributes.isEmpty()) {
            text.append("\n| attribute | type | kind | unit | means |\n|---|---|---|---|---|\n");
            attributes.forEach(attribute -> text.append("| `%s`%s | `%s` | %s | %s | %s |\n"
                    .formatted(
                            attribute.name,
                            attribute.writable ? " (writable)" : "",
                            attribute.type,
                            attribute.metricType,
                            attribute.units,
                            cell(attribute.description))));
        }
        if (!operations.isEmpty()) {
            text.append("\n| operation | impact | returns | means |\n|---|---|---|---|\n");
            operations.forEach(operation -> text.append("| `%s(%s)` | %s | `%s` | %s |\n"
                    .formatted(
                            operation.name,
                            String.join(
                                    ", ",
                                    operation.parameters.stream()
                                            .map(Parameter::name)
                                            .toList()),
                            operation.impact,
                            operation.returns,
                            cell(operation.description))));
        }
        if (!notifications.isEmpty()) {
            text.append("\n| notification | means |\n|---|---|\n");
            notifications.forEach(
                    notice -> text.append("| `%s` | %s |\n".formatted(notice.type, cell(notice.description))));
        }
        return text.toString();
    }

    private static Attribute attribute(MBeanAttributeInfo info) {
        return new Attribute(
                info.getName(),
                type(info, info.getType()),
                field(info, "units"),
                field(info, "metricType"),
                info.isWritable(),
                info.getDescription());
    }

    private static Operation operation(MBeanOperationInfo info) {
        return new Operation(
                info.getName(),
                (info.getImpact() == MBeanOperationInfo.ACTION ? "ACTION" : "INFO").toLowerCase(Locale.ROOT),
                type(info, info.getReturnType()),
                Arrays.stream(info.getSignature())
                        .map(parameter -> new Parameter(
                                parameter.getName(), type(parameter, parameter.getType()), parameter.getDescription()))
                        .toList(),
                info.getDescription());
    }

    private static Notice notice(MBeanNotificationInfo info) {
        return new Notice(String.join(", ", info.getNotifTypes()), info.getDescription());
    }

    private static String type(MBeanFeatureInfo info, String otherwise) {
        String original = field(info, "originalType");
        return shortened(original.isEmpty() ? otherwise : original);
    }

    /** Types without their packages. */
    private static String shortened(String type) {
        return type.replaceAll("\\[L([\\w.$]+);", "$1[]")
                .replaceAll("[a-z]\\w*\\.", "")
                .replace('$', '.');
    }

    private static String field(MBeanFeatureInfo info, String name) {
        Descriptor descriptor = info.getDescriptor();
        Object value = descriptor.getFieldValue(name);
        return value == null ? "" : value.toString();
    }

    private static String generic(ObjectName name) {
        return name.toString()
                .replaceFirst("library=[^,]*", "library=<uuid>")
                .replaceFirst("(type=Device,.*name=).*", "$1<device uuid>")
                .replaceFirst("(type=Model,.*name=).*", "$1<model>");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
