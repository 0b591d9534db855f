package io.jenkins.plugins.understack.workbench.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;

/** An EventSource of kinds {@code amqp} and {@code webhook}. */
final class EventSourceImport {
    private final Manifest manifest;
    private final ArrayNode eventSources;

    EventSourceImport(Manifest manifest, ArrayNode eventSources) {
        this.manifest = manifest;
        this.eventSources = eventSources;
    }

    void run() {
        manifest.changed("spec.service", "not needed: Jenkins itself receives webhooks");
        manifest.changed("spec.template", "not needed: there is no pod");
        manifest.changed("spec.eventBusName", "not needed: there is no bus");
        manifest.changed("spec.replicas", "not needed: there is no pod");
        amqp(manifest.spec().path("amqp"));
        if (manifest.spec().path("amqp").isObject() && manifest.spec().path("webhook").isObject()) {
            manifest.notSupported("spec.webhook", "stands beside amqp in one object; make it an EventSource of its own, with another name");
        } else {
            webhook(manifest.spec().path("webhook"));
        }
        for (Map.Entry<String, JsonNode> kind : manifest.spec().properties()) {
            if (kind.getValue().isObject() && !Set.of("amqp", "webhook", "service", "template").contains(kind.getKey())) {
                manifest.notSupported("spec." + kind.getKey(), "is another kind of source; amqp and webhook can be converted");
            }
        }
    }

    private void amqp(JsonNode events) {
        if (!events.isObject()) {
            return;
        }
        ObjectNode source = eventSources.addObject().putObject("amqp");
        source.put("name", manifest.name());
        ArrayNode list = null;
        for (Map.Entry<String, JsonNode> entry : events.properties()) {
            String path = "spec.amqp." + entry.getKey();
            JsonNode event = entry.getValue();
            String uri = uri(path, event);
            if (list == null) {
                source.put("uri", uri);
                if (event.has("auth")) {
                    source.put("credentialsId", manifest.name());
                }
                list = source.putArray("events");
            } else if (!uri.equals(source.path("uri").asText())) {
                manifest.notSupported(path, "has another url than the events before; make it an event source of its own");
                continue;
            }
            if (event.has("auth")) {
                manifest.changed(path + ".auth", "create a credential with the id " + manifest.name());
            }
            amqpEvent(path, event, list.addObject().put("name", entry.getKey()));
        }
    }

    private String uri(String path, JsonNode event) {
        String text = event.path("url").asText("");
        if (event.has("urlSecret")) {
            manifest.notSupported(path + ".urlSecret", "put the URI without user and password into uri");
        }
        String userInfo = userInfo(text);
        if (userInfo == null) {
            manifest.kept(path + ".url");
            return text;
        }
        manifest.changed(path + ".url", "without user and password, which belong into a credential");
        return text.replace(userInfo + "@", "");
    }

    private static String userInfo(String uri) {
        try {
            return uri.isEmpty() ? null : new URI(uri).getRawUserInfo();
        } catch (URISyntaxException e) {
            // Its place is found when the configuration is loaded; a password is not to be in it.
            int at = uri.lastIndexOf('@');
            int slashes = uri.indexOf("//");
            return at > slashes && slashes >= 0 ? uri.substring(slashes + 2, at) : null;
        }
    }

    private void amqpEvent(String path, JsonNode event, ObjectNode to) {
        copy(path, event, "exchangeName", to, "exchange");
        copy(path, event, "exchangeType", to, "exchangeType");
        if (event.has("routingKey")) {
            to.putArray("routingKeys").add(event.path("routingKey").asText());
            manifest.kept(path + ".routingKey");
        }
        JsonNode exchange = event.path("exchangeDeclare");
        // Without the block durable is true; in a block every flag that is missing is false.
        to.put("exchangeDurable", exchange.isMissingNode() || exchange.path("durable").asBoolean());
        manifest.kept(path + ".exchangeDeclare.durable");
        flags(path + ".exchangeDeclare", exchange, "autoDelete", "internal");
        queue(path, event.path("queueDeclare"), to);
        copy(path + ".consume", event.path("consume"), "consumerTag", to, "consumerTag");
        manifest.changed(path + ".consume.autoAck", "messages are acknowledged when their builds are queued, never before");
        flags(path + ".consume", event.path("consume"), "exclusive", "noLocal");
        to.put("bodyFormat", event.path("jsonBody").asBoolean() ? "json" : "base64");
        manifest.kept(path + ".jsonBody");
        manifest.changed(path + ".connectionBackoff", "connections are repaired for ever, with growing waits");
        for (String noWait : new String[] {"exchangeDeclare", "queueDeclare", "queueBind", "consume"}) {
            manifest.changed(path + "." + noWait + ".noWait", "the broker's answer is always waited for, so that a mistake is seen");
        }
        manifest.notSupported(path + ".tls", "set tls of the source; certificates are credentials");
        common(path, event, to);
    }

    private void queue(String path, JsonNode queue, ObjectNode to) {
        if (queue.isMissingNode()) {
            manifest.changed(path, "a queue of its own, durable and not exclusive, so that messages wait; Argo's was lost with its pod");
            return;
        }
        if (!queue.path("name").asText("").isEmpty()) {
            copy(path + ".queueDeclare", queue, "name", to, "queue");
        }
        to.put("queueDurable", queue.path("durable").asBoolean());
        manifest.kept(path + ".queueDeclare.durable");
        copy(path + ".queueDeclare", queue, "arguments", to, "queueArguments");
        flags(path + ".queueDeclare", queue, "autoDelete", "exclusive");
    }

    private void flags(String path, JsonNode block, String... names) {
        for (String name : names) {
            if (block.path(name).asBoolean()) {
                manifest.notSupported(path + "." + name, "is always false here, so that messages wait");
            } else {
                manifest.kept(path + "." + name);
            }
        }
    }

    private void webhook(JsonNode events) {
        if (!events.isObject()) {
            return;
        }
        ObjectNode source = eventSources.addObject().putObject("webhook");
        source.put("name", manifest.name());
        ArrayNode list = source.putArray("events");
        for (Map.Entry<String, JsonNode> entry : events.properties()) {
            String path = "spec.webhook." + entry.getKey();
            JsonNode event = entry.getValue();
            ObjectNode to = list.addObject().put("name", entry.getKey());
            to.put("path", event.path("endpoint").asText("").replaceAll("^/+|/+$", ""));
            manifest.changed(path + ".endpoint", "JENKINS_URL/understack/" + manifest.name() + "/" + to.path("path").asText());
            manifest.changed(path + ".port", "that of Jenkins");
            manifest.changed(path + ".url", "that of Jenkins");
            copy(path, event, "method", to, "method");
            if (event.has("authSecret")) {
                String id = manifest.name() + "-" + entry.getKey();
                to.putObject("authentication").putObject("bearer").put("credentialsId", id);
                manifest.changed(path + ".authSecret", "create a secret text credential with the id " + id);
            } else {
                to.put("authentication", "none");
                manifest.changed(path, "anyone may send events, as before; better set hmac or bearer");
            }
            manifest.notSupported(path + ".serverCertSecret", "TLS is that of Jenkins");
            manifest.notSupported(path + ".serverKeySecret", "TLS is that of Jenkins");
            copy(path, event, "maxPayloadSize", to, "maxPayloadSize");
            common(path, event, to);
        }
    }

    private void common(String path, JsonNode event, ObjectNode to) {
        manifest.notSupported(path + ".filter", "put the condition into the sensors");
        if (event.path("metadata").isObject()) {
            StringBuilder lines = new StringBuilder();
            event.path("metadata").properties().forEach(member ->
                    lines.append(member.getKey()).append(": \"").append(member.getValue().asText()).append("\"\n"));
            to.put("metadata", lines.toString());
            manifest.kept(path + ".metadata");
        }
    }

    private void copy(String path, JsonNode from, String key, ObjectNode to, String as) {
        if (from.hasNonNull(key)) {
            to.set(as, from.get(key));
            manifest.kept(path + "." + key);
        }
    }
}
