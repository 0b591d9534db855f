package io.jenkins.plugins.understack.workbench.cps;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.CpsFunction;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import java.util.List;

/** A workflow, or the block of a step, called by a workflow: the interpreter runs it in turn, and its beginning and end are noted in the tree. */
final class NestedWorkflow {
    private NestedWorkflow() {}

    static CpsCallableInvocation observed(CpsCallableInvocation invocation, String name, WorkflowRun run) {
        return observed(invocation, run, () -> run.begin(name), () -> {});
    }

    /** @param end is called before the end is noted, however it ends */
    static CpsCallableInvocation observed(CpsCallableInvocation invocation, WorkflowRun run, Runnable begin, Runnable end) {
        Block body = (env, next) -> {
            begin.run();
            return invocation.invoke(reportingErrors(env, run, end), null, result -> {
                end.run();
                run.succeed(PlainValues.shortForm(result));
                return next.receive(result);
            });
        };
        return new CpsCallableInvocation("call", new CpsFunction(List.of(), body), invocation.receiver);
    }

    /** Notes an error and passes it on to whoever catches it around the call. */
    private static Env reportingErrors(Env caller, WorkflowRun run, Runnable end) {
        TryBlockEnv env = new TryBlockEnv(caller, null);
        Continuation handler = error -> {
            end.run();
            run.fail(Failures.describe((Throwable) error));
            return passOn(caller, (Throwable) error);
        };
        env.addHandler(Throwable.class, handler);
        return env;
    }

    private static Next passOn(Env caller, Throwable error) {
        return caller.getExceptionHandler(error.getClass()).receive(error);
    }
}
