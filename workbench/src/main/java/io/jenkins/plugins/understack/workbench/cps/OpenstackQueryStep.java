package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.openstack.BodyLogin;
import io.jenkins.plugins.understack.core.openstack.OpenstackException;
import io.jenkins.plugins.understack.core.openstack.OpenstackQuery;
import java.util.List;

/**
 * {@code openstackQuery(service: 'baremetal', method: 'GET', uri: '/v1/nodes', query: [:], body: null, microversion: '1.92', all: false)}: the answer
 * of a service as maps and lists; null when it has no body. {@code credentials} fills {@code $USERNAME} and {@code $PASSWORD} of the body.
 */
final class OpenstackQueryStep implements Step {
    private final Openstacks openstacks;

    OpenstackQueryStep(Openstacks openstacks) {
        this.openstacks = openstacks;
    }

    @Override
    public String name() {
        return "openstackQuery";
    }

    @Override
    public List<String> arguments() {
        return List.of("service", "method", "uri", "query", "body", "microversion", "credentials", "all", "optional", "cloud");
    }

    @Override
    public String summary(StepArguments arguments) {
        try {
            return PlainValues.line(query(arguments).toString(), 100);
        } catch (InvalidFieldException | WorkflowFailure e) {
            return "";
        }
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) throws InterruptedException {
        String reference = arguments.text("credentials", "");
        ObmCredential login = reference.isEmpty() ? null : run.credential(name(), reference);
        try {
            return Json.plain(openstacks
                    .client(arguments.text("cloud", ""))
                    .query(query(arguments), login == null ? null : new BodyLogin(new UsernamePassword(login.user(), login.password())), null));
        } catch (OpenstackException e) {
            throw new WorkflowFailure(e.getMessage(), e);
        } catch (InvalidFieldException e) {
            throw new WorkflowFailure(name() + ": " + e.getMessage(), e);
        }
    }

    private static OpenstackQuery query(StepArguments arguments) {
        return OpenstackQuery.of(
                arguments.text("service", ""),
                arguments.text("method", ""),
                arguments.text("uri", null),
                arguments.get("query"),
                arguments.get("body"),
                arguments.text("microversion", ""),
                arguments.flag("all"),
                arguments.flag("optional"));
    }
}
