package io.jenkins.plugins.understack.workbench.cps;

import groovy.lang.GroovyObjectSupport;

/** The variable {@code steps} of a workflow: the steps themselves, also those that have a workflow of their name. */
final class StepCalls extends GroovyObjectSupport {
    private final WorkflowRun run;

    StepCalls(WorkflowRun run) {
        this.run = run;
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        return run.callStep(name, arguments instanceof Object[] array ? array : new Object[] {arguments});
    }
}
