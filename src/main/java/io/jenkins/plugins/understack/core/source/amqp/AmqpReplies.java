package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP;

/** What a broker says when it closes a channel or a connection, in words that say which field to look at. */
final class AmqpReplies {
    private AmqpReplies() {}

    static String connectionClosed(AmqpEventSource source, AMQP.Connection.Close close) {
        // Other brokers than RabbitMQ say so with an ordinary close.
        if (close.getReplyText().contains("uthentication failed")) {
            return AmqpFaults.loginRefused(source);
        }
        if (close.getReplyText().contains("limit")) {
            return "the broker allows no further connection; raise its limit or close others (" + close.getReplyText() + ")";
        }
        // 530: RabbitMQ's answer to an unknown virtual host, or one the user has no rights on; 404: that of others.
        if (close.getReplyCode() == AMQP.NOT_ALLOWED || close.getReplyCode() == AMQP.NOT_FOUND) {
            return "uri: virtual host \"" + source.virtualHost() + "\" does not exist or the user may not use it ("
                    + close.getReplyText() + ")";
        }
        if (close.getReplyCode() == AMQP.COMMAND_INVALID && close.getReplyText().contains("exchange type")) {
            return "exchangeType: the broker does not know it; enable its plugin there (" + close.getReplyCode() + " "
                    + close.getReplyText() + ")";
        }
        if (close.getReplyCode() == AMQP.CONNECTION_FORCED) {
            return "the broker or its operator ended the connection (" + close.getReplyText() + ")";
        }
        return "the broker closed the connection: " + close.getReplyCode() + " " + close.getReplyText();
    }

    static String channelClosed(AMQP.Channel.Close close) {
        String answer = " (" + close.getReplyCode() + " " + close.getReplyText() + ")";
        return switch (close.getReplyCode()) {
            case AMQP.PRECONDITION_FAILED -> preconditionFailed(close.getReplyText()) + answer;
            case AMQP.ACCESS_REFUSED -> close.getReplyText().contains("in exclusive use")
                    ? "queue: another consumer uses it exclusively; end that consumer or name another queue" + answer
                    : "the user lacks a right: declaring needs configure, write and read; "
                            + "with declare: false read is enough" + answer;
            case AMQP.NOT_FOUND -> "exchange or queue does not exist; create it, or set declare: true" + answer;
            case AMQP.RESOURCE_LOCKED -> "queue: another connection has it exclusively" + answer;
            default -> "the broker closed the channel" + answer;
        };
    }

    private static String preconditionFailed(String text) {
        if (text.contains("timed out") && text.contains("acknowledgement")) {
            return "messages were not acknowledged within the broker's consumer_timeout and went back to the queue; see why Jenkins"
                    + " takes none";
        }
        String what = text.contains("for exchange") ? "exchange" : text.contains("for queue") ? "queue" : null;
        if (what == null) {
            return "the broker closed the channel";
        }
        return what + ": exists on the broker with other properties than configured here; make durable, type and arguments"
                + " equal, or set declare: false";
    }
}
