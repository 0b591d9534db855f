package io.jenkins.plugins.understack.credentials;

import hudson.model.InvisibleAction;
import java.util.ArrayList;
import java.util.List;

/** Names of what {@link BuildCredentials} keeps for a build; this is in {@code build.xml}. */
final class BuildCredentialsAction extends InvisibleAction {
    private final List<String> ids = new ArrayList<>();

    synchronized void add(String id) {
        ids.add(id);
    }

    synchronized List<String> ids() {
        return List.copyOf(ids);
    }
}
