package io.jenkins.plugins.understack.workbench.argo.translate;

/** A construct that has no faithful counterpart in jq, or none at all in its own language. */
public final class UntranslatableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param text all of it
     * @param position where in it the construct begins, from 0
     * @param why and what to write instead
     */
    public UntranslatableException(String text, int position, String why) {
        super(place(text, position) + ": " + why);
    }

    private static String place(String text, int position) {
        String before = text.substring(0, Math.min(position, text.length()));
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return text.strip().contains("\n") ? "line " + line + ", column " + column : "column " + column;
    }
}
