package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;

/** Opens connections to the broker of a source; secrets are asked for anew each time, because they change. */
final class AmqpConnector {
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(30);
    /**
     * The client drops the connection over a larger message, gets it again and so never comes past it; what is too large is
     * to be rejected by maxPayloadSize instead. RabbitMQ takes no message above 512 MiB, whatever is configured
     * (MAX_MSG_SIZE in its rabbit.hrl); the client wants less than its limit, hence one more.
     */
    private static final int LARGEST_MESSAGE = 512 * 1024 * 1024 + 1;

    private final AmqpEventSource source;
    private final Secrets secrets;
    private final AmqpTiming timing;

    AmqpConnector(AmqpEventSource source, Secrets secrets, AmqpTiming timing) {
        this.source = source;
        this.secrets = secrets;
        this.timing = timing;
    }

    Connection connect() throws IOException, TimeoutException, GeneralSecurityException, SecretUnavailableException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(source.host());
        factory.setPort(source.port());
        factory.setVirtualHost(source.virtualHost());
        if (source.credentialsId() != null) {
            Secrets.UsernamePassword login = secrets.usernamePassword(source.credentialsId());
            factory.setUsername(login.username());
            factory.setPassword(login.password());
        }
        if (source.secure()) {
            factory.useSslProtocol(source.tls().context(secrets));
            if (!source.tls().insecureSkipVerify()) {
                factory.enableHostnameVerification();
            }
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout((int) timing.connect().toMillis());
        factory.setHandshakeTimeout((int) timing.connect().toMillis());
        factory.setChannelRpcTimeout((int) RPC_TIMEOUT.toMillis());
        factory.setRequestedHeartbeat((int) timing.heartbeat().toSeconds());
        factory.setMaxInboundMessageBodySize(LARGEST_MESSAGE);
        try {
            return factory.newConnection("UnderStack " + source.name());
        } catch (IOException e) {
            Instant end = source.secure() ? source.tls().clientCertificateEnd(secrets) : null;
            if (end != null && end.isBefore(Instant.now())) {
                throw new ClientCertificateExpiredException(source.tls().clientCertificateId(), end, e);
            }
            throw e;
        }
    }
}
