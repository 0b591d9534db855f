package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.understack.core.Secrets.ClientCertificate;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.broker.RabbitMqProcess;
import io.jenkins.plugins.understack.core.broker.TestCertificates;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
        certificates = TestCertificates.in(directory).sign("server", "san=dns:localhost").sign("client", "eku=clientAuth");
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

    private static String ca() throws Exception {
        return Files.readString(certificates.file("ca.pem"));
    }

    private static SourceStatus status(String host, AmqpTls tls, State expected) throws Exception {
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
        MapSecrets secrets = new MapSecrets()
                .with("login", RabbitMqProcess.USERNAME, RabbitMqProcess.PASSWORD)
                .with("client", new ClientCertificate(certificates.keyStore("client"), TestCertificates.PASSWORD.toCharArray()));
        try (AmqpReceiver receiver = new AmqpEventSource("source", rabbitMq.tlsUri(host), "login", tls, List.of(event))
                .start(TestSink.of(accepted -> {}), secrets, Clock.systemUTC())) {
            return Await.until(receiver::status, status -> status.state() == expected);
        }
    }
}
