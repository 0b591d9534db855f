package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * A RabbitMQ virtual host whose queues are consumed over AMQP 0-9-1, with one connection.
 *
 * @param uri {@code amqp://host:5672/vhost} or {@code amqps://host:5671/vhost} (RabbitMQ URI specification); no user
 *     information
 * @param credentialsId user name and password, or null for RabbitMQ's {@code guest}
 * @param tls used with {@code amqps}, never null
 */
public record AmqpEventSource(
        String name, String uri, String credentialsId, AmqpTls tls, List<AmqpEvent> events, SourceRules rules)
        implements EventSource {
    public AmqpEventSource {
        name = Fields.name("name", name);
        uri = Fields.required("uri", uri);
        check(uri);
        credentialsId = Fields.optional(credentialsId);
        tls = tls == null ? AmqpTls.DEFAULT : tls;
        events = Fields.notEmpty("events", events);
        Fields.unique("events", events, AmqpEvent::name);
        rules = rules == null ? SourceRules.NONE : rules;
    }

    public AmqpEventSource(String name, String uri, String credentialsId, AmqpTls tls, List<AmqpEvent> events) {
        this(name, uri, credentialsId, tls, events, null);
    }

    private static void check(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // The text may hold a password, so it is not repeated.
            throw new InvalidFieldException("uri", "is no URI: " + e.getReason() + "; expected amqp://host:5672/vhost");
        }
        if (!"amqp".equals(uri.getScheme()) && !"amqps".equals(uri.getScheme())) {
            throw new InvalidFieldException(
                    "uri", "has the scheme \"" + uri.getScheme() + "\"; expected amqp://host:5672/vhost or amqps://…");
        }
        if (uri.getRawUserInfo() != null) {
            throw new InvalidFieldException(
                    "uri", "contains a user; expected none: name a user and password credential in credentialsId");
        }
        if (uri.getHost() == null) {
            throw new InvalidFieldException("uri", "has no host; expected amqp://host:5672/vhost");
        }
        if (uri.getRawPath() != null && uri.getRawPath().indexOf('/', 1) > 0) {
            throw new InvalidFieldException(
                    "uri", "has a path of several parts; expected one virtual host, with / written as %2F");
        }
    }

    @Override
    public String kind() {
        return "amqp";
    }

    @Override
    public List<String> eventNames() {
        return events.stream().map(AmqpEvent::name).toList();
    }

    /** The exchange is that of the event, the routing key its first. */
    @Override
    public Event read(String name, byte[] body, Clock clock) throws MalformedEventException {
        AmqpEvent event = events.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event " + name));
        String routingKey = event.routingKeys().isEmpty() ? "" : event.routingKeys().get(0);
        Envelope envelope = new Envelope(0, false, event.exchange().name(), routingKey);
        return new AmqpMessageReader(this.name, event, clock).read(envelope, new BasicProperties(), body);
    }

    @Override
    public AmqpReceiver start(EventSink sink, Secrets secrets, Clock clock, SourceMeters meters) {
        return AmqpReceiver.start(this, sink, secrets, new SourceHealth(this, clock, meters), clock, AmqpTiming.DEFAULT);
    }

    boolean secure() {
        return uri.startsWith("amqps:");
    }

    String host() {
        return URI.create(uri).getHost();
    }

    /** The port of the URI, else the protocol's own (IANA: amqp 5672, amqps 5671). */
    int port() {
        int port = URI.create(uri).getPort();
        return port > 0 ? port : secure() ? 5671 : 5672;
    }

    String virtualHost() {
        String path = URI.create(uri).getRawPath();
        return path == null || path.length() < 2
                ? "/"
                : URLDecoder.decode(path.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
