package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;

/** Makes the exchange, queue and bindings of an event, or sees that they exist. */
final class AmqpTopology {
    private AmqpTopology() {}

    static void declare(Channel channel, AmqpEvent event) throws IOException {
        AmqpEvent.Exchange exchange = event.exchange();
        AmqpEvent.Queue queue = event.queue();
        // The default exchange exists, binds every queue by itself and may not be declared.
        boolean named = !exchange.name().isEmpty();
        if (!event.declare()) {
            if (named) {
                channel.exchangeDeclarePassive(exchange.name());
            }
            channel.queueDeclarePassive(queue.name());
            return;
        }
        if (named) {
            channel.exchangeDeclare(exchange.name(), exchange.type(), exchange.durable());
        }
        channel.queueDeclare(queue.name(), queue.durable(), false, false, queue.arguments());
        if (named) {
            for (String key : event.routingKeys()) {
                channel.queueBind(queue.name(), exchange.name(), key);
            }
        }
    }
}
