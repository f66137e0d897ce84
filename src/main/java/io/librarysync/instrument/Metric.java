package io.librarysync.instrument;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;
import org.weakref.jmx.ManagedAnnotation;

/**
 * Declares a metric, on its getter. Bean, snapshot, JSON, screen, catalogue and contract are loops over these declarations.
 */
@Documented
@ManagedAnnotation
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Metric {

    /** Only rises inside an epoch. */
    String COUNTER = "counter";
    /** The level now, or the highest since the epoch began. */
    String GAUGE = "gauge";
    /** A distribution with percentiles. */
    String HISTOGRAM = "histogram";
    /** Text, a moment or a list. */
    String INFO = "info";

    String ONE = "1";
    String MILLIS = "ms";
    String EPOCH_MILLIS = "ms since 1970";
    String BYTES = "bytes";
    String PERCENT = "percent";
    String CHANGES = "changes";
    String MESSAGES = "messages";
    String ENTRIES = "entries";
    String ERRORS = "errors";

    /** What it means, as a sentence: what one more stands for, what zero and absent mean. */
    @DescriptorKey("description")
    String value();

    @DescriptorKey("metricType")
    String kind() default COUNTER;

    @DescriptorKey("units")
    String unit() default ONE;

    /** The dimensions by which a filter can split it; filtered by any other it is left out. */
    String[] by() default {};

    /** For a map: the dimension whose labels are its keys. */
    String key() default "";

    /** Its key in JSON, where that does not follow from the getter's name. */
    String json() default "";

    /** A scalar twin of a composite, for clients that chart scalars only; it stands in beans, not in JSON. */
    boolean flat() default false;
}
