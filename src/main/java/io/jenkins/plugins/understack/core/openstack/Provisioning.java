package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/**
 * Brings a node of Ironic into a state, in turns that wait for nothing but answers; between them its caller waits, and keeps the {@link
 * Stage}, also through restarts. Nothing is asked for twice: whether Ironic has taken the request of a caller that never got to know is told
 * by the time of the node's last change of state.
 */
public final class Provisioning {
    /** From one look at the node to the next. */
    public static final Duration PAUSE = Duration.ofSeconds(15);

    /** From the request to the first look: what asks the BMC only takes a few seconds. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** UnderStack's limit for one change of state. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5400);

    /** States that Ironic leaves by itself (ironic.common.states). */
    private static final Set<String> BUSY = Set.of(
            "verifying", "inspecting", "inspect wait", "cleaning", "clean wait", "clean hold", "deploying", "wait call-back", "deploy hold",
            "deleting", "adopting", "rescuing", "rescue wait", "unrescuing", "servicing", "service wait", "service hold");

    private final OpenstackClient cloud;
    private final ProvisionRequest request;

    /**
     * How far it has come.
     *
     * @param since when the node changed its state last, before it was asked for anything; null as long as it is not to be asked
     * @param taken whether Ironic has surely taken the request
     */
    public record Stage(String since, boolean taken) {
        public static final Stage NEW = new Stage(null, false);
    }

    /** What a turn came to. */
    public sealed interface Turn {
        /**
         * The node is as it was to be.
         *
         * @param changed false where it was so already
         */
        record Done(String uuid, String state, boolean changed) implements Turn {}

        /**
         * Another turn is needed. The stage must be kept before it begins.
         *
         * @param pause before it
         * @param why one line
         */
        record Next(Stage stage, Duration pause, String why) implements Turn {}
    }

    public Provisioning(OpenstackClient cloud, ProvisionRequest request) {
        this.cloud = cloud.withoutRetries();
        this.request = request;
    }

    /** @throws OpenstackException where the state was not reached, with Ironic's own reason, or where waiting does not help */
    public Turn turn(Stage stage) throws OpenstackException, InterruptedException {
        try {
            return turn(stage, cloud.query(request.look(), null, null));
        } catch (OpenstackException e) {
            if (!e.isTemporary()) {
                throw e;
            }
            // What was refused can be asked for anew; of the rest nobody knows.
            return new Turn.Next(e.isRefusal() && !stage.taken() ? Stage.NEW : stage, PAUSE, e.getMessage());
        }
    }

    private Turn turn(Stage stage, JsonNode node) throws OpenstackException, InterruptedException {
        String state = node.path("provision_state").asText("");
        String changed = node.path("provision_updated_at").asText("never");
        String locked = node.path("reservation").asText("");
        boolean busy = BUSY.contains(state);
        String label = "node " + node.path("name").asText(request.node());
        if (stage.taken() || stage.since() != null && (busy || !changed.equals(stage.since()))) {
            Stage taken = new Stage(stage.since(), true);
            if (!busy && !state.equals(request.target().goal())) {
                throw failure(node, state, label);
            }
            // Ironic tidies up a little longer, and refuses all changes meanwhile.
            return busy || !locked.isEmpty()
                    ? new Turn.Next(taken, busy ? PAUSE : SOON, label + " is " + state + (busy ? "" : ", and still locked"))
                    : new Turn.Done(node.path("uuid").asText(), state, true);
        }
        if (stage.since() == null && request.target().isAlready(state)) {
            return new Turn.Done(node.path("uuid").asText(), state, false);
        }
        if (busy) {
            return new Turn.Next(Stage.NEW, PAUSE, label + " is " + state + " already; " + request.target().verb() + " comes after that");
        }
        if (!locked.isEmpty()) {
            return new Turn.Next(Stage.NEW, PAUSE, label + " is locked by " + locked);
        }
        if (stage.since() == null) {
            return new Turn.Next(new Stage(changed, false), Duration.ZERO, label + " is " + state + ", " + request.target().verb() + " is asked for");
        }
        cloud.query(request.order(), null, null);
        return new Turn.Next(new Stage(stage.since(), true), SOON, label + ": Ironic has taken " + request.target().verb());
    }

    private OpenstackException failure(JsonNode node, String state, String label) {
        return new OpenstackException(cloud.label() + " baremetal: " + label + ": " + request.target().verb() + " ended in the state " + state
                + ", expected " + request.target().goal() + ": " + ErrorDetail.bounded(node.path("last_error").asText("Ironic gives no reason")));
    }
}
