package io.jenkins.plugins.understack.core.source;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.source.Retention;

/**
 * What every kind of source can be told of its events once they are received.
 *
 * @param inFlight at most so many starts of its events wait in the inbox, are queued or run; beyond it no events are taken that
 *     a sensor matches. Null for no limit
 * @param retention how long its handled events are kept; null as for all sources
 * @param secrets what is neither shown nor kept as it is
 */
public record SourceRules(Integer inFlight, Retention retention, SecretFields secrets) {
    public static final SourceRules NONE = new SourceRules(null, null, null);

    public SourceRules {
        Fields.atLeastOrNull("inFlight", 1, inFlight);
        secrets = secrets == null ? SecretFields.NONE : secrets;
    }
}
