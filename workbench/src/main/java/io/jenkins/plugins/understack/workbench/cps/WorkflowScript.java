package io.jenkins.plugins.understack.workbench.cps;

import com.cloudbees.groovy.cps.SerializableScript;
import java.util.Map;

/** Base class of every compiled workflow: what a workflow calls and does not define is a step or another workflow. */
public abstract class WorkflowScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    transient WorkflowRun run;

    /** Variables of the blocks that the workflow is in, as in Jenkins: below {@code env}, and by their names. */
    @Override
    public final Object getProperty(String name) {
        Map<String, String> variables = run == null ? Map.of() : run.credentials().variables();
        if (name.equals("env")) {
            return variables;
        }
        return variables.containsKey(name) ? variables.get(name) : super.getProperty(name);
    }

    /** Groovy comes here for methods that the script has not. */
    @Override
    public final Object invokeMethod(String name, Object arguments) {
        return run.call(name, arguments instanceof Object[] array ? array : new Object[] {arguments});
    }
}
