package io.jenkins.plugins.understack.core.source.amqp;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells health and log how a source is, in the log once for each change. Used by the supervisor only. */
final class AmqpReport {
    private static final Logger LOGGER = Logger.getLogger(AmqpReport.class.getName());

    private final AmqpContext context;
    private final BooleanSupplier closed;
    private boolean working;
    private String lastProblem;

    /** @param closed true when nobody wants to know any more */
    AmqpReport(AmqpContext context, BooleanSupplier closed) {
        this.context = context;
        this.closed = closed;
    }

    void problem(String words) {
        problem(words, null);
    }

    /** @param cause for those who debug, or null; an {@link Error} is nobody's configuration and always shown */
    void problem(String words, Throwable cause) {
        if (closed.getAsBoolean()) {
            return;
        }
        context.health().down(words);
        working = false;
        if (!words.equals(lastProblem)) {
            lastProblem = words;
            LOGGER.warning(() -> here() + words + "; will try again");
            LOGGER.log(cause instanceof Error ? Level.WARNING : Level.FINE, "cause", cause);
        }
    }

    /**
     * While there is a connection.
     *
     * @param faults of events; when there are none, it works
     * @param waits events that take no messages for now
     */
    void condition(List<String> faults, List<String> waits) {
        if (!faults.isEmpty()) {
            problem(Stream.concat(faults.stream(), waits.stream()).collect(Collectors.joining("; ")));
            return;
        }
        if (closed.getAsBoolean()) {
            return;
        }
        if (waits.isEmpty()) {
            context.health().up();
        } else {
            String words = String.join("; ", waits);
            context.health().busy(words);
            // It may come and go every second.
            LOGGER.log(context.health().isNews(words) ? Level.INFO : Level.FINE, () -> here() + words);
        }
        if (!working) {
            recovered();
        }
    }

    private void recovered() {
        working = true;
        lastProblem = null;
        LOGGER.info(() -> here() + "consuming from " + context.source().host() + ":" + context.source().port());
    }

    private String here() {
        return "event source \"" + context.source().name() + "\": ";
    }
}
