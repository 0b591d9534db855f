package io.jenkins.plugins.understack.workbench.demo;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.workbench.simulator.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Ironic and Nautobot as far as they send events. */
final class Producers {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Producers() {}

    /** As oslo.messaging's driver messagingv2 does it: the notification is a string inside an envelope. */
    static void publish(EmbeddedBroker broker, String virtualHost, byte[] notification) throws IOException, TimeoutException {
        String message = new String(notification, StandardCharsets.UTF_8);
        byte[] envelope = Json.MAPPER.writeValueAsBytes(
                Json.MAPPER.createObjectNode().put("oslo.version", "2.0").put("oslo.message", message));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setVirtualHost(virtualHost);
        factory.setUsername(broker.username());
        factory.setPassword(broker.password());
        try (Connection connection = factory.newConnection("demo: ironic");
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    "ironic",
                    "ironic_versioned_notifications.info",
                    new BasicProperties.Builder().contentType("application/json").deliveryMode(2).build(),
                    envelope);
            channel.waitForConfirms(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * As Nautobot sends a webhook with a secret: HMAC-SHA512 of the body, in hex.
     *
     * @return the status of the answer
     */
    static int post(String url, byte[] body, String secret) throws IOException, GeneralSecurityException, InterruptedException {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-Hook-Signature", HexFormat.of().formatHex(mac.doFinal(body)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
