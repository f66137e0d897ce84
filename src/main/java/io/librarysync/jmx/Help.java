package io.librarysync.jmx;

import io.librarysync.instrument.Metric;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;
import javax.management.MBeanOperationInfo;

/** What a bean, a getter or an operation of a Control bean means, as a sentence. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Help {

    @DescriptorKey("description")
    String value();

    /** The unit of an attribute. */
    @DescriptorKey("units")
    String unit() default Metric.ONE;

    /** The kind of an attribute, as {@link Metric} has it. */
    @DescriptorKey("metricType")
    String kind() default Metric.INFO;

    /** Whether an operation only tells something or changes something, as {@link MBeanOperationInfo} has it. */
    int impact() default MBeanOperationInfo.INFO;
}
