package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.source.EventIdentity;
import io.jenkins.plugins.understack.core.source.EventSource;
import io.jenkins.plugins.understack.core.source.SourceRules;
import io.jenkins.plugins.understack.core.source.webhook.HmacAuthentication;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import java.util.ArrayList;
import java.util.List;

/** {@code eventSources[].webhook}. */
final class WebhookReader {
    private WebhookReader() {}

    static WebhookEventSource read(YamlMap source) throws ConfigurationException {
        source.allow("name", "events", "inFlight", "retention", "secretFields");
        String name = source.text("name");
        List<WebhookEvent> events = new ArrayList<>();
        for (YamlMap event : source.maps("events")) {
            events.add(event(event));
        }
        SourceRules rules = SourceRulesReader.read(source);
        return source.build(() -> new WebhookEventSource(name, events, rules));
    }

    private static WebhookEvent event(YamlMap event) throws ConfigurationException {
        event.allow("name", "path", "method", "authentication", "idHeader", "idPath", "maxPayloadSize", "metadata");
        String name = event.text("name");
        String path = event.text("path");
        String method = event.text("method");
        WebhookAuthentication authentication = authentication(event);
        String idHeader = event.text("idHeader");
        String idPath = event.text("idPath");
        long maxPayloadSize = event.number("maxPayloadSize", EventSource.DEFAULT_MAX_PAYLOAD_SIZE);
        String metadata = event.text("metadata");
        return event.build(() -> new WebhookEvent(
                name,
                path,
                method == null ? "POST" : method,
                authentication,
                EventIdentity.of(idHeader, idPath),
                maxPayloadSize,
                KeyValueLines.parseText("metadata", metadata)));
    }

    /** Null where it is absent, which core refuses. */
    private static WebhookAuthentication authentication(YamlMap event) throws ConfigurationException {
        YamlValue value = event.value("authentication");
        if (value == null) {
            return null;
        }
        if (value.isText()) {
            if (value.text().equals("none")) {
                return new WebhookAuthentication.None();
            }
            throw value.place().error("\"" + value.text() + "\" is unknown; expected none, hmac or bearer, the last two with fields");
        }
        YamlMap kinds = value.map().allow("none", "hmac", "bearer");
        if (kinds.names().size() != 1) {
            throw value.place().error("has " + kinds.names().size() + " kinds; expected one of none, hmac and bearer");
        }
        // Core names the fields of all kinds as seen from the event.
        if (kinds.names().contains("hmac")) {
            return hmac(event, kinds.map("hmac"));
        }
        if (kinds.names().contains("bearer")) {
            YamlMap bearer = kinds.map("bearer");
            String credentialsId = bearer == null ? null : bearer.allow("credentialsId").text("credentialsId");
            return event.build(() -> new WebhookAuthentication.Bearer(credentialsId));
        }
        return new WebhookAuthentication.None();
    }

    private static HmacAuthentication hmac(YamlMap event, YamlMap hmac) throws ConfigurationException {
        if (hmac == null) {
            return event.build(() -> new HmacAuthentication(null, null, null, null, null));
        }
        hmac.allow("credentialsId", "algorithm", "header", "prefix", "encoding");
        String credentialsId = hmac.text("credentialsId");
        String algorithm = hmac.text("algorithm");
        String header = hmac.text("header");
        String prefix = hmac.text("prefix");
        String encoding = hmac.text("encoding");
        return event.build(() -> new HmacAuthentication(
                credentialsId,
                HmacAuthentication.Algorithm.parse(algorithm == null ? "SHA-256" : algorithm),
                header,
                prefix,
                HmacAuthentication.Encoding.parse(encoding == null ? "hex" : encoding)));
    }
}
