package io.jenkins.plugins.understack.workbench.print;

import io.jenkins.plugins.understack.core.workflow.Paint;
import java.util.Map;

/** Colours, or none. */
public enum Style implements Paint {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001b[0m";

    /**
     * Colour only for eyes.
     *
     * @param terminal whether standard output is one; the launcher knows, Java 17 does not
     */
    public static Style of(boolean terminal, Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return terminal && !unwanted ? COLOUR : PLAIN;
    }

    @Override
    public String good(String text) {
        return paint("32", text);
    }

    @Override
    public String bad(String text) {
        return paint("31", text);
    }

    @Override
    public String warning(String text) {
        return paint("33", text);
    }

    @Override
    public String heading(String text) {
        return paint("1", text);
    }

    @Override
    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + RESET;
    }
}
