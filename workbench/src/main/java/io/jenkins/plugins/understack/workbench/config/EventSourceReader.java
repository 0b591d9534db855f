package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.source.EventSource;

/** An item of {@code eventSources}: a mapping with one field, which says what kind of source it is. */
final class EventSourceReader {
    private EventSourceReader() {}

    static EventSource read(YamlMap item) throws ConfigurationException {
        item.allow("amqp", "webhook");
        if (item.names().size() != 1) {
            throw item.place().error("has " + item.names().size() + " kinds; expected one, amqp or webhook, and its fields indented below it");
        }
        YamlMap amqp = item.map("amqp");
        if (amqp != null) {
            return AmqpReader.read(amqp);
        }
        YamlMap webhook = item.map("webhook");
        if (webhook != null) {
            return WebhookReader.read(webhook);
        }
        throw item.place().error("is empty; expected its fields, indented below " + String.join("", item.names()));
    }
}
