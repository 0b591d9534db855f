package io.jenkins.plugins.understack.core.obm;

/**
 * @param worked the kind of the password that the BMC accepted
 * @param changed whether it has got the standard password now, with which a log-in has worked; false also in a dry run
 */
public record SyncResult(CandidateKind worked, boolean changed) {}
