package io.jenkins.plugins.understack.core.workflow;

/** Colours of a terminal, or none. */
public interface Paint {
    Paint NONE = new Paint() {};

    default String good(String text) {
        return text;
    }

    default String bad(String text) {
        return text;
    }

    default String warning(String text) {
        return text;
    }

    default String heading(String text) {
        return text;
    }

    default String faint(String text) {
        return text;
    }
}
