package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Channel;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.Rejection;
import io.jenkins.plugins.understack.core.source.UnreadableMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Decides how a message is answered: acknowledged when the sink has it; a message that can never become an event is kept by
 * the sink and then rejected, so that the dead-letter exchange of the queue gets it too. One whose handling fails for a reason
 * nobody knows is delivered a second time before that is said of it.
 */
final class AmqpHandling {
    private static final Logger LOGGER = Logger.getLogger(AmqpHandling.class.getName());

    private final AmqpContext context;
    private final AmqpEvent event;
    private final Channel channel;
    private final AmqpMessageReader reader;

    /** Tells the broker. A single frame without content, so that any thread may send it while others use the channel. */
    interface Answer {
        void give() throws IOException;
    }

    AmqpHandling(AmqpContext context, AmqpEvent event, Channel channel) {
        this.context = context;
        this.event = event;
        this.channel = channel;
        this.reader = new AmqpMessageReader(context.source().name(), event, context.clock());
    }

    /** Fails with {@link EventNotAcceptedException} where the message cannot be answered now. Does not throw. */
    CompletableFuture<Answer> handle(AmqpDelivery delivery) {
        long begin = System.nanoTime();
        return offer(delivery)
                .<Answer>thenApply(safe -> () -> {
                    context.health().received(event.name(), Duration.ofNanos(System.nanoTime() - begin));
                    channel.basicAck(delivery.tag(), false);
                })
                .exceptionallyCompose(problem -> failed(delivery, cause(problem)));
    }

    private CompletableFuture<Void> offer(AmqpDelivery delivery) {
        try {
            return context.sink().accept(reader.read(delivery.envelope(), delivery.properties(), delivery.body()));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Answer> failed(AmqpDelivery delivery, Throwable problem) {
        if (problem instanceof EventNotAcceptedException) {
            return CompletableFuture.failedFuture(problem);
        }
        if (problem instanceof MalformedEventException) {
            return bury(delivery, isTooLarge(delivery) ? Rejection.TOO_LARGE : Rejection.UNREADABLE, problem.getMessage());
        }
        // Errors as well: a class that is missing for one message must not stop all others.
        LOGGER.log(Level.WARNING, context.here(event) + "message could not be handled", problem);
        return delivery.envelope().isRedeliver()
                ? bury(delivery, Rejection.UNHANDLED, "it could not be handled twice (" + problem.getClass().getSimpleName() + "; the log has the details)")
                : CompletableFuture.completedFuture(() -> channel.basicNack(delivery.tag(), false, true));
    }

    private boolean isTooLarge(AmqpDelivery delivery) {
        return delivery.body().length > event.maxPayloadSize();
    }

    private CompletableFuture<Answer> bury(AmqpDelivery delivery, Rejection kind, String why) {
        UnreadableMessage message = new UnreadableMessage(
                context.source().name(),
                event.name(),
                delivery.properties().getMessageId(),
                why,
                context.clock().instant(),
                // What is too large to be an event is too large to be kept whole.
                isTooLarge(delivery)
                        ? Arrays.copyOf(delivery.body(), (int) event.maxPayloadSize())
                        : delivery.body());
        return context.sink().bury(message).thenApply(kept -> () -> {
            context.health().rejected(event.name(), kind, "message rejected: " + why);
            // Each of a million may say the same.
            LOGGER.log(context.health().isNews(why) ? Level.WARNING : Level.FINE, () -> context.here(event) + "message rejected: " + why);
            channel.basicReject(delivery.tag(), false);
        });
    }

    /** A dependent future wraps what went wrong before it. */
    static Throwable cause(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }
}
