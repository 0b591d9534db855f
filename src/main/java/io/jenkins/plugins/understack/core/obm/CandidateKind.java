package io.jenkins.plugins.understack.core.obm;

import java.util.Locale;

/** Where a password that is tried comes from; all that is ever told of it. */
public enum CandidateKind {
    STANDARD,
    OLD,
    FACTORY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
