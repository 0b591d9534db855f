package io.jenkins.plugins.understack.core.source.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.metrics.Metrics;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.SourceStatus.State;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AmqpFaultsTest {
    /** How a broker that asks for a client certificate may look from here. */
    @Test
    void aResetDuringTheTlsHandshakeHintsAtTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> resetAll(server));
            thread.setDaemon(true);
            thread.start();

            assertThat(problem("amqps://127.0.0.1:" + server.getLocalPort()))
                    .startsWith("tls: ")
                    .contains("clientCertificateId");
            assertThat(problem("amqp://127.0.0.1:" + server.getLocalPort())).doesNotContain("tls");
        }
    }

    private static void resetAll(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                // Wait for the client to speak, then answer with a reset instead of an orderly end.
                socket.getInputStream().read();
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    private static String problem(String uri) {
        AmqpEvent event = new AmqpEvent(
                "event",
                new AmqpEvent.Exchange("", "direct", true),
                List.of(),
                new AmqpEvent.Queue("q", true, Map.of()),
                true,
                1,
                null,
                AmqpEvent.BodyFormat.JSON,
                null,
                1_000,
                Map.of());
        try (AmqpReceiver receiver = new AmqpEventSource("source", uri, "login", null, List.of(event))
                .start(TestSink.of(accepted -> {}), new MapSecrets().with("login", "u", "p"), Clock.systemUTC(), new Metrics().source("source"))) {
            SourceStatus status = Await.until(receiver::status, now -> now.state() == State.DOWN);
            return status.problem();
        }
    }
}
