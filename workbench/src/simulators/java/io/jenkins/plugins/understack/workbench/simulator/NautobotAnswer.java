package io.jenkins.plugins.understack.workbench.simulator;

import java.util.Map;

/** @param body written as JSON; null for none */
record NautobotAnswer(int status, Object body) {
    /** As Django REST framework words it. */
    static NautobotAnswer refusal(int status, String detail) {
        return new NautobotAnswer(status, Map.of("detail", detail));
    }
}
