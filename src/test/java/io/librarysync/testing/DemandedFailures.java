package io.librarysync.testing;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps out of the log what a {@link FailingStore} was told to do. */
public final class DemandedFailures extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getFormattedMessage().endsWith(FailingStore.DEMANDED) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
