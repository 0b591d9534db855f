package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.understack.core.Secrets.ClientCertificate;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.broker.TestCertificates;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import io.jenkins.plugins.understack.workbench.simulator.RabbitMqProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a RabbitMQ that asks every client for a certificate of its own authority. */
class AmqpTlsTest {
    @TempDir
    private static Path directory;

    private static TestCertificates certificates;
    private static RabbitMqProcess rabbitMq;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(RabbitMqProcess.isInstalled(), "needs the command rabbitmq-server");
        certificates = TestCertificates.in(directory).sign("server", "san=dns:localhost").sign("client", "eku=clientAuth")
                .sign("expired", "san=dns:localhost", "-3d", 2);
        rabbitMq = RabbitMqProcess.start(
                """
                ssl_options.cacertfile = %s
                ssl_options.certfile = %s
                ssl_options.keyfile = %s
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = true
                """
                        .formatted(certificates.file("ca.pem"), certificates.file("server.pem"), certificates.file("server.key")));
    }

    @AfterAll
    static void stop() {
        if (rabbitMq != null) {
            rabbitMq.close();
        }
    }

    @Test
    void ownAuthorityAndClientCertificate() throws Exception {
        assertThat(status("localhost", new AmqpTls(ca(), "client", false), State.UP).problem()).isNull();
    }

    @Test
    void anAuthorityThatJavaDoesNotKnowIsRefused() throws Exception {
        assertThat(status("localhost", new AmqpTls(null, "client", false), State.DOWN).problem())
                .startsWith("tls: ")
                .contains("check caCertificate");
    }

    @Test
    void anotherHostNameIsRefused() throws Exception {
        assertThat(status("127.0.0.1", new AmqpTls(ca(), "client", false), State.DOWN).problem())
                .startsWith("tls: ")
                .contains("host name");
    }

    @Test
    void whoeverAsksNotToVerifyIsNotVerified() throws Exception {
        assertThat(status("127.0.0.1", new AmqpTls(null, "client", true), State.UP).problem()).isNull();
    }

    @Test
    void withoutClientCertificateTheBrokerRefuses() throws Exception {
        assertThat(status("localhost", new AmqpTls(ca(), null, false), State.DOWN).problem()).isNotBlank();
        assertThat(status("localhost", new AmqpTls(ca(), "missing", false), State.DOWN).problem())
                .contains("credential \"missing\" does not exist");
    }

    @Test
    void anExpiredClientCertificateIsSaidAndTheRenewedOneIsUsed() throws Exception {
        MapSecrets secrets = secrets().with("client", certificate("expired"));
        try (AmqpReceiver receiver = start(rabbitMq.tlsUri("localhost"), new AmqpTls(ca(), "client", false), secrets)) {
            SourceStatus status = Await.until(receiver::status, now -> now.state() == State.DOWN);
            assertThat(status.problem()).startsWith("tls: the client certificate in credential \"client\" (clientCertificateId) has expired on ");

            secrets.with("client", certificate("client"));

            Await.until(receiver::status, now -> now.state() == State.UP);
        }
    }

    @Test
    void anExpiredCertificateOfTheBrokerIsSaidUntilItIsRenewed() throws Exception {
        ServerSocket old = listener("expired", 0);
        String uri = "amqps://localhost:" + old.getLocalPort() + "/ironic";
        BrokerProxy expired = new BrokerProxy(rabbitMq.uri(), old);
        try (AmqpReceiver receiver = start(uri, new AmqpTls(ca(), null, false), secrets())) {
            SourceStatus status = Await.until(receiver::status, now -> now.state() == State.DOWN);
            assertThat(status.problem()).startsWith("tls: a certificate of the broker at localhost has expired");

            expired.close();
            try (BrokerProxy renewed = new BrokerProxy(rabbitMq.uri(), listener("server", old.getLocalPort()))) {
                Await.until(receiver::status, now -> now.state() == State.UP);
                assertThat(renewed.open()).isEqualTo(1);
            }
        } finally {
            expired.close();
        }
    }

    private static ServerSocket listener(String certificate, int port) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(certificates.keyStore(certificate), TestCertificates.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    private static String ca() throws Exception {
        return Files.readString(certificates.file("ca.pem"));
    }

    private static SourceStatus status(String host, AmqpTls tls, State expected) throws Exception {
        try (AmqpReceiver receiver = start(rabbitMq.tlsUri(host), tls, secrets().with("client", certificate("client")))) {
            return Await.until(receiver::status, status -> status.state() == expected);
        }
    }

    private static AmqpReceiver start(String uri, AmqpTls tls, MapSecrets secrets) {
        AmqpEvent event = new AmqpEvent(
                "event",
                new AmqpEvent.Exchange("", "direct", true),
                List.of(),
                new AmqpEvent.Queue("tls", true, Map.of()),
                true,
                1,
                null,
                AmqpEvent.BodyFormat.JSON,
                null,
                1_000,
                Map.of());
        return new AmqpEventSource("source", uri, "login", tls, List.of(event))
                .start(TestSink.of(accepted -> {}), secrets, Clock.systemUTC(), new Metrics().source("source"));
    }

    private static MapSecrets secrets() {
        return new MapSecrets().with("login", RabbitMqProcess.USERNAME, RabbitMqProcess.PASSWORD);
    }

    private static ClientCertificate certificate(String name) throws Exception {
        return new ClientCertificate(certificates.keyStore(name), TestCertificates.PASSWORD.toCharArray());
    }
}
