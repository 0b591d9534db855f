package io.jenkins.plugins.understack.workbench.cps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A workflow or a step of a run, with what it called. Changed by the thread of the run only; others read it after the run
 * has ended.
 */
public final class RunNode {
    /** As Argo calls them. */
    public enum State {
        RUNNING("Running"),
        SUCCEEDED("Succeeded"),
        FAILED("Failed");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

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

    /** Name, and for a step the telling part of its arguments: {@code nautobotQuery GET /dcim/devices/?name=h1}. */
    public String name() {
        return name;
    }

    RunNode parent() {
        return parent;
    }

    public List<RunNode> children() {
        return List.copyOf(children);
    }

    public Instant start() {
        return start;
    }

    public Duration duration() {
        return duration;
    }

    public State state() {
        return state;
    }

    /** Why it failed, or a short form of its result; one line. */
    public String message() {
        return message;
    }
}
