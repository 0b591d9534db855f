package io.jenkins.plugins.understack.workbench.cps;

import groovy.lang.MissingMethodException;

/** What a workflow died of, on one line. */
final class Failures {
    private static final int LONGEST = 500;

    private Failures() {}

    static String describe(Throwable error) {
        if (error instanceof WorkflowFailure) {
            return PlainValues.line(error.getMessage(), LONGEST);
        }
        return PlainValues.line(words(error) + place(error), LONGEST);
    }

    private static String words(Throwable error) {
        if (error instanceof MissingMethodException missing) {
            // Groovy's own message has the values of all arguments.
            return missing.getType().getSimpleName() + " has no method " + missing.getMethod() + " for these "
                    + missing.getArguments().length + " arguments";
        }
        return error.getClass().getSimpleName() + (error.getMessage() == null ? "" : ": " + error.getMessage());
    }

    /** Where in the library it happened. */
    private static String place(Throwable error) {
        for (StackTraceElement element : error.getStackTrace()) {
            if (element.getFileName() != null && element.getFileName().endsWith(".groovy") && element.getLineNumber() > 0) {
                return " (" + element.getFileName() + ":" + element.getLineNumber() + ")";
            }
        }
        return "";
    }
}
