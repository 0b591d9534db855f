package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceRules;
import io.jenkins.plugins.understack.core.source.amqp.AmqpEvent;
import io.jenkins.plugins.understack.core.source.amqp.AmqpEventSource;
import io.jenkins.plugins.understack.core.source.amqp.AmqpTls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code eventSources[].amqp}. */
final class AmqpReader {
    private AmqpReader() {}

    static AmqpEventSource read(YamlMap source) throws ConfigurationException {
        source.allow("name", "uri", "credentialsId", "tls", "events", "inFlight", "retention", "secretFields");
        String name = source.text("name");
        String uri = source.text("uri");
        String credentialsId = source.text("credentialsId");
        AmqpTls tls = tls(source);
        List<AmqpEvent> events = new ArrayList<>();
        for (YamlMap event : source.maps("events")) {
            events.add(event(name, event));
        }
        SourceRules rules = SourceRulesReader.read(source);
        return source.build(() -> new AmqpEventSource(name, uri, credentialsId, tls, events, rules));
    }

    private static AmqpTls tls(YamlMap source) throws ConfigurationException {
        YamlMap tls = source.map("tls");
        if (tls == null) {
            return AmqpTls.DEFAULT;
        }
        tls.allow("caCertificate", "clientCertificateId", "insecureSkipVerify");
        String authorities = tls.text("caCertificate");
        String clientCertificateId = tls.text("clientCertificateId");
        boolean insecure = tls.flag("insecureSkipVerify", false);
        // AmqpTls names its fields as seen from the source.
        return source.build(() -> new AmqpTls(authorities, clientCertificateId, insecure));
    }

    private static AmqpEvent event(String source, YamlMap event) throws ConfigurationException {
        event.allow(
                "name", "exchange", "exchangeType", "exchangeDurable", "routingKeys", "queue", "queueDurable", "queueArguments",
                "declare", "prefetch", "consumerTag", "bodyFormat", "idHeader", "idPath", "maxPayloadSize", "metadata");
        String name = event.text("name");
        AmqpEvent.Exchange exchange = new AmqpEvent.Exchange(
                event.text("exchange"), orElse(event.text("exchangeType"), "topic"), event.flag("exchangeDurable", true));
        String queueArguments = event.text("queueArguments");
        Map<String, Object> arguments = event.build(() -> KeyValueLines.parse("queueArguments", queueArguments));
        AmqpEvent.Queue queue = new AmqpEvent.Queue(
                orElse(event.text("queue"), AmqpEvent.defaultQueue(source, name)), event.flag("queueDurable", true), arguments);
        List<String> routingKeys = event.texts("routingKeys");
        boolean declare = event.flag("declare", true);
        long prefetch = event.number("prefetch", AmqpEvent.DEFAULT_PREFETCH);
        String consumerTag = event.text("consumerTag");
        String bodyFormat = orElse(event.text("bodyFormat"), "json");
        String idHeader = event.text("idHeader");
        String idPath = event.text("idPath");
        long maxPayloadSize = event.number("maxPayloadSize", EventSource.DEFAULT_MAX_PAYLOAD_SIZE);
        String metadata = event.text("metadata");
        return event.build(() -> new AmqpEvent(
                name,
                exchange,
                routingKeys,
                queue,
                declare,
                (int) Math.min(prefetch, Integer.MAX_VALUE),
                consumerTag,
                AmqpEvent.BodyFormat.parse(bodyFormat),
                EventIdentity.of(idHeader, idPath),
                maxPayloadSize,
                KeyValueLines.parseText("metadata", metadata)));
    }

    private static String orElse(String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
