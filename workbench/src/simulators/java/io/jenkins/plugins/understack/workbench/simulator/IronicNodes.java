package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Nodes and their state machine (Ironic, "Bare Metal State Machine"), as far as our workflows go through it. What takes time ends when the clock says so,
 * at the next look. Guarded by its own monitor.
 */
final class IronicNodes {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** From which states a verb may be asked for, what the node is in meanwhile, and then; where it fails. */
    private record Verb(Set<String> from, String during, String then, String failed) {}

    private static final Map<String, Verb> VERBS = Map.of(
            "manage", new Verb(Set.of("enroll"), "verifying", "manageable", "enroll"),
            "inspect", new Verb(Set.of("manageable"), "inspecting", "manageable", "inspect failed"),
            "clean", new Verb(Set.of("manageable"), "cleaning", "manageable", "clean failed"),
            "provide", new Verb(Set.of("manageable"), "cleaning", "available", "clean failed"),
            "adopt", new Verb(Set.of("manageable"), "adopting", "active", "adopt failed"),
            "active", new Verb(Set.of("available"), "deploying", "active", "deploy failed"),
            "deleted", new Verb(Set.of("active"), "deleting", "available", "error"));

    private static final Set<String> MANAGED_AT_ONCE = Set.of("available", "inspect failed", "clean failed", "adopt failed");

    private final Clock clock;
    private final Map<String, ObjectNode> nodes = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Instant> locks = new LinkedHashMap<>();
    private final Map<String, Queue<String>> failures = new LinkedHashMap<>();
    private Duration duration = Duration.ofMinutes(5);
    private BiConsumer<String, ObjectNode> ended = (verb, node) -> {};

    private record Running(String verb, String detail, Instant end) {}

    IronicNodes(Clock clock) {
        this.clock = clock;
    }

    synchronized void duration(Duration of) {
        duration = of;
    }

    synchronized void ended(BiConsumer<String, ObjectNode> listener) {
        ended = listener;
    }

    /** @param what a verb, or a runbook */
    synchronized void failNext(String what, String reason) {
        failures.computeIfAbsent(what, key -> new ArrayDeque<>()).add(reason);
    }

    synchronized void lock(String name, Duration howLong) {
        ObjectNode node = find(name);
        node.put("reservation", "conductor-1");
        locks.put(node.path("uuid").asText(), clock.instant().plus(howLong));
    }

    synchronized ObjectNode create(JsonNode given) {
        ObjectNode node = JSON.createObjectNode();
        node.put("uuid", UUID.nameUUIDFromBytes(given.path("name").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString());
        node.put("provision_state", "enroll").putNull("provision_updated_at").putNull("last_error").putNull("reservation");
        node.putObject("extra");
        node.putArray("traits");
        node.putObject("target_raid_config");
        node.setAll((ObjectNode) given.deepCopy());
        nodes.put(node.path("uuid").asText(), node);
        return node;
    }

    /** By name or UUID; null where there is none. */
    synchronized ObjectNode find(String ident) {
        nodes.keySet().forEach(this::settle);
        return nodes.values().stream()
                .filter(node -> node.path("uuid").asText().equals(ident) || node.path("name").asText().equals(ident))
                .findFirst()
                .orElse(null);
    }

    synchronized Collection<ObjectNode> all() {
        nodes.keySet().forEach(this::settle);
        return nodes.values();
    }

    synchronized void state(String name, String state) {
        enter(find(name), state);
    }

    /** Null where it is taken; else why not, with a status in front. */
    synchronized String provision(ObjectNode node, JsonNode request) {
        if (!node.path("reservation").isNull()) {
            return "409 Node " + node.path("uuid").asText() + " is locked by host " + node.path("reservation").asText()
                    + ", please retry after the current operation is completed.";
        }
        String target = request.path("target").asText();
        String state = node.path("provision_state").asText();
        Verb verb = VERBS.get(target);
        if (target.equals("manage") && MANAGED_AT_ONCE.contains(state)) {
            enter(node, "manageable");
            return null;
        }
        if (verb == null || !verb.from.contains(state)) {
            return "400 The requested action \"" + target + "\" can not be performed on node \"" + node.path("uuid").asText()
                    + "\" while it is in state \"" + state + "\".";
        }
        if (target.equals("clean") && request.path("clean_steps").isMissingNode() == request.path("runbook").isMissingNode()) {
            return "400 clean_steps or runbook must be specified when target is clean";
        }
        enter(node, verb.during);
        running.put(node.path("uuid").asText(), new Running(target, request.path("runbook").asText(""), clock.instant().plus(duration)));
        return null;
    }

    private void settle(String uuid) {
        ObjectNode node = nodes.get(uuid);
        Instant now = clock.instant();
        if (locks.containsKey(uuid) && !now.isBefore(locks.get(uuid))) {
            locks.remove(uuid);
            node.putNull("reservation");
        }
        Running work = running.get(uuid);
        if (work == null || now.isBefore(work.end)) {
            return;
        }
        running.remove(uuid);
        String reason = failure(work.detail) != null ? failures.get(work.detail).poll() : failure(work.verb) != null ? failures.get(work.verb).poll() : null;
        if (reason != null) {
            node.put("last_error", reason);
            enter(node, VERBS.get(work.verb).failed);
            return;
        }
        node.putNull("last_error");
        enter(node, VERBS.get(work.verb).then);
        ended.accept(work.verb, node);
    }

    private String failure(String what) {
        Queue<String> waiting = failures.get(what);
        return waiting == null ? null : waiting.peek();
    }

    private void enter(ObjectNode node, String state) {
        node.put("provision_state", state).put("provision_updated_at", clock.instant().toString());
    }

    /** JSON Patch (RFC 6902), as far as Ironic's clients use it: add, replace and remove of a field or of a field of a field. */
    static void patch(ObjectNode node, ArrayNode operations) {
        for (JsonNode operation : operations) {
            String[] path = operation.path("path").asText().substring(1).split("/", 2);
            ObjectNode parent = path.length == 1 ? node : node.withObjectProperty(path[0]);
            String field = path[path.length - 1];
            if (operation.path("op").asText().equals("remove")) {
                parent.remove(field);
            } else {
                parent.set(field, operation.path("value"));
            }
        }
    }
}
