package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;

/** A message as the broker delivered it. */
record AmqpDelivery(Envelope envelope, BasicProperties properties, byte[] body) {
    /** Grows with each delivery of a channel. */
    long tag() {
        return envelope.getDeliveryTag();
    }
}
