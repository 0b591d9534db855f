package io.jenkins.plugins.understack.workbench.cps;

import com.cloudbees.groovy.cps.SerializableScript;

/** Base class of every compiled workflow: what a workflow calls and does not define is a step or another workflow. */
public abstract class WorkflowScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    transient WorkflowRun run;

    /** Groovy comes here for methods that the script has not. */
    @Override
    public final Object invokeMethod(String name, Object arguments) {
        return run.call(name, arguments instanceof Object[] array ? array : new Object[] {arguments});
    }
}
