package io.jenkins.plugins.understack.workflow;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.core.workflow.StepTree.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.actions.BodyInvocationAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.FlowStartNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * The steps of a build: stages and branches by their names with what is inside, other blocks by the name of their step. Reads
 * the graph of the build once; used by one thread.
 */
final class RunTree {
    private final Instant now;
    private final boolean building;
    private final StepTexts texts;
    /** In the order in which they began, by the id of the block around them; null for those in none. */
    private final Map<String, List<FlowNode>> inside = new HashMap<>();

    private final Map<String, FlowNode> ends = new HashMap<>();
    /** When the first node behind a node began. */
    private final Map<String, Instant> next = new HashMap<>();

    private ErrorAction failure;

    private RunTree(Run<?, ?> run, FlowExecution execution, Clock clock) {
        now = clock.instant();
        building = run.isBuilding();
        texts = new StepTexts(building ? execution : null);
        if (execution == null) {
            return;
        }
        // From the heads backwards: a loop or many branches make no difference.
        List<FlowNode> nodes = new ArrayList<>(new DepthFirstScanner().allNodes(execution));
        Collections.reverse(nodes);
        nodes.sort((a, b) -> began(a).compareTo(began(b)) != 0 ? began(a).compareTo(began(b)) : order(a) - order(b));
        nodes.forEach(this::read);
    }

    static StepTree of(Run<?, ?> run, Clock clock) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable executable ? executable.asFlowExecutionOwner() : null;
        return new RunTree(run, owner == null ? null : owner.getOrNull(), clock).root(run);
    }

    static State state(Run<?, ?> run) {
        return run.isBuilding() ? State.RUNNING : state(run.getResult());
    }

    private static State state(Result result) {
        if (result == null || result.equals(Result.SUCCESS)) {
            return State.SUCCEEDED;
        }
        return result.equals(Result.UNSTABLE)
                ? State.UNSTABLE
                : result.equals(Result.ABORTED) || result.equals(Result.NOT_BUILT) ? State.ABORTED : State.FAILED;
    }

    static Duration duration(Run<?, ?> run, Instant now) {
        Duration duration = run.isBuilding() ? Duration.between(start(run), now) : Duration.ofMillis(run.getDuration());
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** When it began; when it was queued, where it has not. */
    static Instant start(Run<?, ?> run) {
        return Instant.ofEpochMilli(run.getStartTimeInMillis() > 0 ? run.getStartTimeInMillis() : run.getTimeInMillis());
    }

    private StepTree root(Run<?, ?> run) {
        State state = state(run);
        String message = state == State.SUCCEEDED || failure == null
                ? StepTexts.line(Objects.toString(run.getDescription(), ""))
                : StepTexts.message(failure);
        return new StepTree(run.getExternalizableId(), state, start(run), duration(run, now), message, steps(null));
    }

    private void read(FlowNode node) {
        node.getParents().forEach(parent -> next.merge(parent.getId(), began(node), (a, b) -> a.isBefore(b) ? a : b));
        if (node instanceof FlowEndNode) {
            failure = node.getError();
        } else if (node instanceof BlockEndNode<?> end) {
            ends.put(end.getStartNode().getId(), end);
        } else if (!(node instanceof FlowStartNode)) {
            inside.computeIfAbsent(block(node), id -> new ArrayList<>()).add(node);
        }
    }

    /** The whole flow is no block. */
    private static String block(FlowNode node) {
        String id = node.getEnclosingId();
        return id == null || node.getEnclosingBlocks().get(0) instanceof FlowStartNode ? null : id;
    }

    private List<StepTree> steps(String block) {
        List<StepTree> steps = new ArrayList<>();
        for (FlowNode node : inside.getOrDefault(block, List.of())) {
            if (node instanceof BlockStartNode && isWrapper(node)) {
                steps.addAll(steps(node.getId()));
            } else {
                steps.add(step(node));
            }
        }
        return steps;
    }

    /** Bodies without a name, and steps whose bodies have names, such as {@code stage} and {@code parallel}, are not shown themselves. */
    private boolean isWrapper(FlowNode node) {
        if (node.getAction(BodyInvocationAction.class) != null) {
            return label(node) == null;
        }
        List<FlowNode> bodies = inside.getOrDefault(node.getId(), List.of());
        return !bodies.isEmpty() && bodies.stream().allMatch(body -> label(body) != null && body instanceof BlockStartNode);
    }

    private static String label(FlowNode node) {
        ThreadNameAction branch = node.getAction(ThreadNameAction.class);
        if (branch != null) {
            return branch.getThreadName();
        }
        LabelAction label = node.getAction(LabelAction.class);
        return label == null ? null : label.getDisplayName();
    }

    private StepTree step(FlowNode node) {
        String label = label(node);
        FlowNode end = node instanceof BlockStartNode ? ends.get(node.getId()) : node;
        Instant ended = node instanceof BlockStartNode ? (end == null ? null : began(end)) : next.get(node.getId());
        ErrorAction error = end == null ? null : end.getError();
        WarningAction warning = node.getPersistentAction(WarningAction.class);
        State state = error != null
                ? (error.getError() instanceof FlowInterruptedException stopped ? state(stopped.getResult()) : State.FAILED)
                : warning != null ? state(warning.getResult()) : ended != null ? State.SUCCEEDED : building ? State.RUNNING : State.ABORTED;
        Duration duration = Duration.between(began(node), ended == null ? now : ended);
        return new StepTree(
                label == null ? StepTexts.name(node) : label,
                state,
                began(node),
                duration.isNegative() ? Duration.ZERO : duration,
                error != null
                        ? StepTexts.message(error)
                        : warning != null ? StepTexts.line(Objects.toString(warning.getMessage(), "")) : texts.progress(node),
                steps(node.getId()));
    }

    private static Instant began(FlowNode node) {
        return Instant.ofEpochMilli(TimingAction.getStartTime(node));
    }

    /** Ids count upwards. */
    private static int order(FlowNode node) {
        return node.getId().matches("[0-9]{1,9}") ? Integer.parseInt(node.getId()) : 0;
    }
}
