package io.jenkins.plugins.understack.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Util;
import hudson.model.Cause;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.workflow.Paint;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.core.workflow.TreePrinter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** A build as {@code get-workflow} and REST show it: to who may see it, and without secrets. */
final class WorkflowView {
    private static final String HIDDEN = "******";

    private WorkflowView() {}

    static String text(Run<?, ?> run) {
        return new TreePrinter(Paint.NONE, ZoneId.systemDefault())
                .print(RunTree.of(run, Clock.systemUTC()), parameters(run), startedBy(run));
    }

    /** With its tree; a contract, described in docs/command-line.md. */
    static ObjectNode json(Run<?, ?> run) {
        StepTree tree = RunTree.of(run, Clock.systemUTC());
        ObjectNode json = brief(run);
        json.put("message", tree.message());
        json.put("startedBy", startedBy(run));
        ObjectNode parameters = json.putObject("parameters");
        parameters(run).forEach(parameters::put);
        json.set("steps", tree.stepsToJson());
        return json;
    }

    static ObjectNode brief(Run<?, ?> run) {
        ObjectNode json = Json.OWN.createObjectNode();
        json.put("name", run.getExternalizableId());
        json.put("status", RunTree.state(run).label());
        json.put("startedAt", RunTree.start(run).toString());
        json.put("durationMs", RunTree.duration(run, Instant.now()).toMillis());
        json.put("url", Util.fixNull(Jenkins.get().getRootUrl()) + run.getUrl());
        return json;
    }

    /** Of a submission that is no build yet, or never becomes one. */
    static ObjectNode json(Submission submission) {
        ObjectNode json = Json.OWN.createObjectNode();
        String waitsFor = submission.waitsFor();
        json.put("name", submission.job().getFullName());
        json.put("status", submission.ended() ? StepTree.State.ABORTED.label() : StepTree.State.PENDING.label());
        json.put("queueId", submission.queueId());
        json.put("message", waitsFor == null ? "" : waitsFor);
        return json;
    }

    private static Map<String, String> parameters(Run<?, ?> run) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (ParametersAction action : run.getActions(ParametersAction.class)) {
            for (ParameterValue value : action.getParameters()) {
                texts.put(value.getName(), value.isSensitive() ? HIDDEN : String.valueOf(value.getValue()));
            }
        }
        return texts;
    }

    private static String startedBy(Run<?, ?> run) {
        return run.getCauses().stream().map(Cause::getShortDescription).collect(Collectors.joining("; "));
    }
}
