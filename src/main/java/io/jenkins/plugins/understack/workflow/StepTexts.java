package io.jenkins.plugins.understack.workflow;

import hudson.AbortException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** What is said of steps, each on one line. */
final class StepTexts {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 500;
    private static final long PATIENCE_SECONDS = 2;

    private final Map<String, String> progress = new HashMap<>();

    /** @param running an execution whose steps are asked how far they are, or null */
    StepTexts(FlowExecution running) {
        if (running == null) {
            return;
        }
        try {
            for (StepExecution step : running.getCurrentExecutions(false).get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                String status = step.getStatusBounded(PATIENCE_SECONDS, TimeUnit.SECONDS);
                FlowNode node = step.getContext().get(FlowNode.class);
                if (status != null && node != null) {
                    progress.put(node.getId(), line(status));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IOException e) {
            // The tree says without it which steps run.
            progress.clear();
        }
    }

    /** How far a running step is, as it says itself; nothing otherwise. */
    String progress(FlowNode node) {
        return progress.getOrDefault(node.getId(), "");
    }

    /** Its function with its arguments, of which Jenkins has taken out the secrets. */
    static String name(FlowNode node) {
        StepDescriptor descriptor = node instanceof StepNode step ? step.getDescriptor() : null;
        String function = descriptor == null ? node.getDisplayFunctionName() : descriptor.getFunctionName();
        String arguments = ArgumentsAction.getStepArgumentsAsString(node);
        return cut(arguments == null ? function : function + " " + arguments, LONGEST_NAME);
    }

    static String message(ErrorAction error) {
        Throwable cause = error.getError();
        if (cause instanceof FlowInterruptedException stopped) {
            return line(stopped.getCauses().stream().map(CauseOfInterruption::getShortDescription).collect(Collectors.joining("; ")));
        }
        String message = cause.getMessage();
        return line(
                message == null || message.isEmpty()
                        ? cause.getClass().getSimpleName()
                        : cause instanceof AbortException || cause instanceof RuntimeException ? message : cause.getClass().getSimpleName() + ": " + message);
    }

    static String line(String text) {
        return cut(text, LONGEST);
    }

    private static String cut(String text, int longest) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "…";
    }
}
