package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.MissedHeartbeatException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
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
        if (deepest != null) {
            return deepest;
        }
        // Last, because it says nothing of the reason.
        for (Throwable t = fault; t != null; t = t.getCause()) {
            if (t instanceof EOFException || t instanceof SocketException) {
                return "the connection to " + source.host() + ":" + source.port() + " was cut; the broker has stopped, or something"
                        + " on the way ended the connection";
            }
        }
        return "connection failed: " + (fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage());
    }

    /** A fault before the broker has opened the connection, when a disconnection may well be its verdict on a certificate. */
    static String describeConnecting(AmqpEventSource source, Throwable fault) {
        if (fault instanceof ClientCertificateExpiredException) {
            return fault.getMessage();
        }
        if (source.secure()) {
            for (Throwable t = fault; t != null; t = t.getCause()) {
                if (t instanceof SocketException && !(t instanceof ConnectException)) {
                    return "tls: the broker broke off the connection (" + t.getMessage() + "); if it asks for a client"
                            + " certificate, name one that it trusts in clientCertificateId";
                }
            }
        }
        return describe(source, fault);
    }

    private static String words(AmqpEventSource source, Throwable t) {
        if (t instanceof Error) {
            return "unexpected " + t + "; the log has more";
        }
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
        if (t instanceof MissedHeartbeatException) {
            return "uri: " + source.host() + ":" + source.port() + " has gone silent, the connection was given up; see whether the"
                    + " broker hangs or something on the way dropped the connection";
        }
        if (t instanceof CertificateExpiredException) {
            return "tls: a certificate of the broker at " + source.host() + " has expired (" + t.getMessage() + "); renew it there";
        }
        if (t instanceof CertificateNotYetValidException) {
            return "tls: a certificate of the broker at " + source.host() + " is not valid yet (" + t.getMessage()
                    + "); check the clocks";
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

    static String loginRefused(AmqpEventSource source) {
        return "credentialsId: the broker refused user and password of "
                + (source.credentialsId() == null
                        ? "guest (credentialsId is not set)"
                        : "credential \"" + source.credentialsId() + "\"")
                + "; check them, and that the user exists";
    }

    private static String shutdown(AmqpEventSource source, ShutdownSignalException shutdown) {
        Method reason = shutdown.getReason();
        if (reason instanceof AMQP.Connection.Close close) {
            return AmqpReplies.connectionClosed(source, close);
        }
        if (reason instanceof AMQP.Channel.Close close) {
            return AmqpReplies.channelClosed(close);
        }
        // The cause, if any, says more.
        return shutdown.getCause() == null ? "the connection was closed by the broker" : null;
    }
}
