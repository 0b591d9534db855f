package io.jenkins.plugins.understack.core.openstack;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a node is asked to do (Ironic, "Bare Metal State Machine"), with the state that it is in when that has gone well. */
public enum ProvisionTarget {
    MANAGE("manageable", false),
    INSPECT("manageable", true),
    CLEAN("manageable", true),
    PROVIDE("available", false),
    ADOPT("active", false),
    ACTIVE("active", false),
    DELETED("available", false);

    private final String goal;
    private final boolean work;

    /** @param work whether it is to be done also where the state is the goal before */
    ProvisionTarget(String goal, boolean work) {
        this.goal = goal;
        this.work = work;
    }

    /** @throws InvalidFieldException of {@code target} */
    static ProvisionTarget parse(String text) {
        String verb = Fields.required("target", text);
        return Arrays.stream(values())
                .filter(target -> target.verb().equals(verb))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("target", "\"" + verb + "\" is unknown; expected one of " + verbs()));
    }

    public static List<String> verbs() {
        return Arrays.stream(values()).map(ProvisionTarget::verb).toList();
    }

    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    String goal() {
        return goal;
    }

    boolean isAlready(String state) {
        return !work && state.equals(goal);
    }
}
