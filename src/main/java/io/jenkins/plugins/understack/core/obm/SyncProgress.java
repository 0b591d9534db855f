package io.jenkins.plugins.understack.core.obm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.understack.core.event.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a {@link CredentialSync} has come. Holds no password; its text may be stored.
 *
 * @param next number of the candidate that is tried next, from 0
 * @param recheck try the first candidate again before that
 * @param changed the kind that worked, once the new password is set and is only to be proved; else null
 * @param failures what the candidates so far were answered, in order
 * @param notBeforeMillis when to go on, in milliseconds since 1970; 0 where there is nothing to wait for
 * @param why there is something to wait for, or null
 * @param result once it has ended well, else null
 */
public record SyncProgress(
        int next, boolean recheck, CandidateKind changed, List<String> failures, long notBeforeMillis, String why, SyncResult result) {
    public SyncProgress {
        failures = failures == null ? List.of() : List.copyOf(failures);
    }

    public static SyncProgress begin() {
        return new SyncProgress(0, false, null, List.of(), 0, null, null);
    }

    /** @throws IllegalArgumentException where it is not what {@link #toText} gave */
    public static SyncProgress of(String text) {
        try {
            return Json.OWN.readValue(text, SyncProgress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is no stored progress of a credential sync", e);
        }
    }

    public String toText() {
        try {
            return Json.OWN.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process died at or after this point: the password may have been changed since. */
    public SyncProgress afterRestart() {
        return new SyncProgress(next, next > 0 && changed == null, changed, failures, notBeforeMillis, why, result);
    }

    @JsonIgnore
    public boolean isDone() {
        return result != null;
    }

    SyncProgress waiting(long millis, String reason) {
        return new SyncProgress(next, recheck, changed, failures, millis, reason, null);
    }

    SyncProgress missed(String failure) {
        List<String> all = new ArrayList<>(failures);
        all.add(failure);
        return new SyncProgress(recheck ? next : next + 1, false, null, all, 0, null, null);
    }

    SyncProgress set(CandidateKind kind) {
        return new SyncProgress(next, false, kind, failures, 0, null, null);
    }

    SyncProgress done(SyncResult end) {
        return new SyncProgress(next, false, changed, failures, 0, null, end);
    }
}
