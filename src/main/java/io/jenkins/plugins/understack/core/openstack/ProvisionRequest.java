package io.jenkins.plugins.understack.core.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.http.RestArguments;
import java.util.regex.Pattern;

/**
 * What is asked of a node; the arguments of the step {@code ironicProvision}.
 *
 * @param node name or UUID
 * @param cleanSteps with {@code clean}: a list of {@code {interface, step, args}}; else null
 * @param runbook with {@code clean}, in the place of steps: name or UUID; else null
 * @param disableRamdisk with {@code clean}: the steps need no agent in the node, which then does not start one
 */
public record ProvisionRequest(String node, ProvisionTarget target, JsonNode cleanSteps, String runbook, boolean disableRamdisk) {
    /** Nothing here may change the path that it becomes a part of. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._~-]{0,254}");

    /** @throws InvalidFieldException naming the field */
    public ProvisionRequest {
        node = name("node", node);
        runbook = Fields.optional(runbook) == null ? null : name("runbook", runbook);
        boolean clean = target == ProvisionTarget.CLEAN;
        if (cleanSteps != null && !(cleanSteps.isArray() && !cleanSteps.isEmpty())) {
            throw new InvalidFieldException("cleanSteps", "is no list of steps; expected one such as [[interface: 'raid', step: 'delete_configuration']]");
        }
        if (clean == (cleanSteps == null && runbook == null) || cleanSteps != null && runbook != null) {
            throw new InvalidFieldException("cleanSteps", clean
                    ? "and runbook are both missing or both given; expected one of them with the target clean"
                    : "or runbook is given with the target " + target.verb() + "; expected neither, or the target clean");
        }
        if (disableRamdisk && !clean) {
            throw new InvalidFieldException("disableRamdisk", "is set with the target " + target.verb() + "; expected the target clean");
        }
    }

    /**
     * From what a script gives.
     *
     * @param cleanSteps see {@link RestArguments#json}
     * @throws InvalidFieldException naming the field
     */
    public static ProvisionRequest of(String node, String target, Object cleanSteps, String runbook, boolean disableRamdisk) {
        return new ProvisionRequest(
                node, ProvisionTarget.parse(target), RestArguments.json("cleanSteps", cleanSteps), runbook, disableRamdisk);
    }

    private static String name(String field, String value) {
        String name = Fields.required(field, value);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(field, "\"" + name + "\" is no name and no UUID; expected letters, digits, '.', '_', '~' or '-'");
        }
        return name;
    }

    /** What is in this request is older than itself: the states with "wait" have been told apart since 1.39. */
    String microversion() {
        return runbook != null ? "1.92" : disableRamdisk ? "1.70" : "1.39";
    }

    OpenstackQuery look() {
        String fields = "uuid,name,provision_state,provision_updated_at,reservation,last_error";
        return new OpenstackQuery("baremetal", "GET", "/v1/nodes/" + node + "?fields=" + fields, null, microversion(), false, false);
    }

    /** {@code PUT …/states/provision}, answered 202. */
    OpenstackQuery order() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("target", target.verb());
        if (cleanSteps != null) {
            body.set("clean_steps", cleanSteps);
        }
        if (runbook != null) {
            body.put("runbook", runbook);
        }
        if (disableRamdisk) {
            body.put("disable_ramdisk", true);
        }
        return new OpenstackQuery("baremetal", "PUT", "/v1/nodes/" + node + "/states/provision", body, microversion(), false, false);
    }
}
