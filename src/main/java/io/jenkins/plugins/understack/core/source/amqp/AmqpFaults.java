package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong with a broker, in words that say which field to look at. */
final class AmqpFaults {
    private AmqpFaults() {}

    static String describe(AmqpEventSource source, Throwable fault) {
        // The cause says more than what is wrapped around it.
        String deepest = null;
        for (Throwable t = fault; t != null; t = t.getCause()) {
            String words = words(source, t);
            deepest = words == null ? deepest : words;
        }
        return deepest != null
                ? deepest
                : "connection failed: " + (fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage());
    }

    private static String words(AmqpEventSource source, Throwable t) {
        if (t instanceof SecretUnavailableException) {
            return "credentialsId: " + t.getMessage();
        }
        if (t instanceof AuthenticationFailureException) {
            return loginRefused(source);
        }
        if (t instanceof ShutdownSignalException shutdown) {
            return shutdown(source, shutdown);
        }
        if (t instanceof PossibleAuthenticationFailureException) {
            return "uri: the broker closed the connection while \"" + source.virtualHost()
                    + "\" was opened; check that this virtual host exists and the user may use it";
        }
        if (t instanceof UnknownHostException) {
            return "uri: host \"" + source.host() + "\" is unknown";
        }
        if (t instanceof ConnectException) {
            return "uri: nothing answers at " + source.host() + ":" + source.port() + " (" + t.getMessage() + ")";
        }
        if (t instanceof SSLException) {
            return "tls: " + t.getMessage() + "; check caCertificate, the client certificate and the host name in uri";
        }
        if (t instanceof TimeoutException) {
            return "uri: " + source.host() + ":" + source.port() + " did not answer in time";
        }
        return null;
    }

    private static String loginRefused(AmqpEventSource source) {
        return "credentialsId: the broker refused user and password of "
                + (source.credentialsId() == null
                        ? "guest (credentialsId is not set)"
                        : "credential \"" + source.credentialsId() + "\"")
                + "; check them, and that the user exists";
    }

    private static String shutdown(AmqpEventSource source, ShutdownSignalException shutdown) {
        Method reason = shutdown.getReason();
        if (reason instanceof AMQP.Connection.Close close) {
            return connectionClosed(source, close);
        }
        if (reason instanceof AMQP.Channel.Close close) {
            return channelClosed(close);
        }
        // The cause, if any, says more.
        return shutdown.getCause() == null ? "the connection was closed by the broker" : null;
    }

    private static String connectionClosed(AmqpEventSource source, AMQP.Connection.Close close) {
        // Other brokers than RabbitMQ say so with an ordinary close.
        if (close.getReplyText().contains("uthentication failed")) {
            return loginRefused(source);
        }
        // 530: RabbitMQ's answer to an unknown virtual host, or one the user has no rights on; 404: that of others.
        if (close.getReplyCode() == AMQP.NOT_ALLOWED || close.getReplyCode() == AMQP.NOT_FOUND) {
            return "uri: virtual host \"" + source.virtualHost() + "\" does not exist or the user may not use it ("
                    + close.getReplyText() + ")";
        }
        return "the broker closed the connection: " + close.getReplyCode() + " " + close.getReplyText();
    }

    private static String channelClosed(AMQP.Channel.Close close) {
        String answer = " (" + close.getReplyCode() + " " + close.getReplyText() + ")";
        return switch (close.getReplyCode()) {
            case AMQP.PRECONDITION_FAILED -> preconditionFailed(close.getReplyText()) + answer;
            case AMQP.ACCESS_REFUSED -> "the user lacks a right: declaring needs configure, write and read; "
                    + "with declare: false read is enough" + answer;
            case AMQP.NOT_FOUND -> "exchange or queue does not exist; create it, or set declare: true" + answer;
            case AMQP.RESOURCE_LOCKED -> "queue: another connection has it exclusively" + answer;
            default -> "the broker closed the channel" + answer;
        };
    }

    private static String preconditionFailed(String text) {
        String what = text.contains("for exchange") ? "exchange" : text.contains("for queue") ? "queue" : null;
        if (what == null) {
            return "the broker closed the channel";
        }
        return what + ": exists on the broker with other properties than configured here; make durable, type and arguments"
                + " equal, or set declare: false";
    }
}
