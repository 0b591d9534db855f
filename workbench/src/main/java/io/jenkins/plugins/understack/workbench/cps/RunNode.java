package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.workflow.StepTree;
import io.jenkins.plugins.understack.core.workflow.StepTree.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workflow or a step of a run, with what it called. Belongs to the thread of the run. */
final class RunNode {
    private final String name;
    private final RunNode parent;
    private final List<RunNode> children = new ArrayList<>();
    private final Instant start;
    private final long startNanos = System.nanoTime();
    private Duration duration = Duration.ZERO;
    private State state = State.RUNNING;
    private String message = "";

    RunNode(String name, RunNode parent, Instant start) {
        this.name = name;
        this.parent = parent;
        this.start = start;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    void succeed(String shortResult) {
        end(State.SUCCEEDED, shortResult);
    }

    void fail(String why) {
        end(State.FAILED, why);
    }

    private void end(State end, String text) {
        state = end;
        message = text;
        duration = Duration.ofNanos(System.nanoTime() - startNanos);
    }

    RunNode parent() {
        return parent;
    }

    StepTree tree() {
        return new StepTree(name, state, start, duration, message, children.stream().map(RunNode::tree).toList());
    }
}
