package io.jenkins.plugins.understack.workbench.argo.translate;

/** What became of a text in another language. */
public sealed interface Translation {
    /** @param jq a program that does the same */
    record Program(String jq) implements Translation {}

    /** @param reason which construct stands where, and how to write it anew; goes behind the name of a field */
    record Refused(String reason) implements Translation {}

    /** A translator whose refusal is an exception inside. */
    @FunctionalInterface
    interface Work {
        String jq() throws UntranslatableException;
    }

    static Translation of(Work work) {
        try {
            return new Program(work.jq());
        } catch (UntranslatableException e) {
            return new Refused(e.getMessage());
        }
    }
}
