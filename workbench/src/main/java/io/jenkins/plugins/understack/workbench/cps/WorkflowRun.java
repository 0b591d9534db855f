package io.jenkins.plugins.understack.workbench.cps;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/**
 * One execution of a workflow by Jenkins' own interpreter (groovy-cps), without Jenkins' persistence: steps are done at
 * once, in the thread of the run. Used by one thread.
 */
public final class WorkflowRun {
    private final WorkflowLibrary library;
    private final Steps steps;
    private final Clock clock;
    private final Event event;
    private final RunNode root;
    private final RunCredentials credentials = new RunCredentials();
    private RunNode current;

    /**
     * @param id shown as the name of the run
     * @param event what started it, or null
     */
    public WorkflowRun(WorkflowLibrary library, Steps steps, Clock clock, String id, Event event) {
        this.library = library;
        this.steps = steps;
        this.clock = clock;
        this.event = event;
        this.root = new RunNode(id, null, clock.instant());
        this.current = root;
    }

    /** What started this run, or null. */
    public Event event() {
        return event;
    }

    RunCredentials credentials() {
        return credentials;
    }

    /**
     * The log-in behind a reference that {@code getObmCreds} returned in this run; not for logs.
     *
     * @param step who asks, for the message
     */
    ObmCredential credential(String step, String reference) {
        ObmCredential credential = credentials.find(reference);
        if (credential == null) {
            throw new WorkflowFailure(step + ": credentials: \"" + PlainValues.line(reference, 60)
                    + "\" is no reference; expected what getObmCreds returned in this run");
        }
        return credential;
    }

    /** Calls the workflow with its inputs as one map. Whatever it throws is in the tree of the result. */
    public WorkflowResult execute(String workflow, Map<String, String> inputs) {
        try {
            Object value = interpret(library.load(workflow, this), new LinkedHashMap<>(inputs));
            root.succeed(credentials.mask(PlainValues.shortForm(value)));
            return new WorkflowResult(root.tree(), inputs, credentials.mask(PlainValues.toJson(value)));
        } catch (Throwable e) { // A workflow can throw anything, and each belongs to its author.
            root.fail(credentials.mask(Failures.describe(e)));
            return new WorkflowResult(root.tree(), inputs, null);
        }
    }

    private static Object interpret(WorkflowScript script, Map<String, String> inputs) throws Throwable {
        try {
            return invokeCall(script, new Object[] {inputs});
        } catch (CpsCallableInvocation invocation) {
            Continuable program = new Continuable(invocation.invoke(Envs.empty(), null, Continuation.HALT));
            Outcome outcome = new Outcome(null, null);
            while (program.isResumable()) {
                outcome = program.run0(outcome, Continuable.categories);
                if (outcome.isFailure()) {
                    break;
                }
            }
            return outcome.replay();
        }
    }

    /** Asks a workflow to begin, which it answers with an exception that says how to go on: {@link CpsCallableInvocation}. */
    private static Object invokeCall(WorkflowScript script, Object[] arguments) {
        try {
            return InvokerHelper.getMetaClass(script).invokeMethod(script, "call", arguments);
        } catch (MissingMethodException e) {
            throw new WorkflowFailure(script.getClass().getSimpleName() + ": has no method call for these "
                    + arguments.length + " arguments; expected def call(Map inputs)");
        } catch (InvokerInvocationException e) {
            if (e.getCause() instanceof CpsCallableInvocation invocation) {
                throw invocation;
            }
            throw e;
        }
    }

    /** A call from a workflow of something it does not define itself. As in Jenkins, a workflow hides the step of its name. */
    Object call(String name, Object[] arguments) {
        if (library.has(name)) {
            try {
                return invokeCall(library.load(name, this), arguments);
            } catch (CpsCallableInvocation invocation) {
                throw NestedWorkflow.observed(invocation, name, this);
            }
        }
        Step step = steps.find(name);
        if (step != null) {
            return step(step, arguments);
        }
        throw new WorkflowFailure("\"" + name + "\" is no step and no workflow; expected a step of " + steps.names()
                + " or a workflow of " + library.names());
    }

    /** {@code steps.name(…)}: the step, also where a workflow has its name. */
    Object callStep(String name, Object[] arguments) {
        Step step = steps.find(name);
        if (step == null) {
            throw new WorkflowFailure("steps: \"" + name + "\" is no step; expected one of " + steps.names());
        }
        return step(step, arguments);
    }

    private Object step(Step step, Object[] arguments) {
        if (step instanceof BlockStep block) {
            throw block(block, arguments);
        }
        StepArguments read = StepArguments.of(step.name(), arguments, step.soleArgument(), step.arguments());
        begin((step.name() + " " + step.summary(read)).strip());
        try {
            Object result = step.run(read, this);
            succeed(step.outcome(read, result));
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
            throw new WorkflowFailure(step.name() + ": interrupted", e);
        } catch (RuntimeException e) {
            fail(Failures.describe(e));
            throw e;
        }
    }

    private CpsCallableInvocation block(BlockStep step, Object[] arguments) {
        int last = arguments.length - 1;
        if (last < 0 || !(arguments[last] instanceof Closure<?> body)) {
            throw new WorkflowFailure(step.name() + ": has no block; expected " + step.name() + "(…) {…}");
        }
        // Its beginning is that of the block's node in the tree.
        StepArguments read = StepArguments.of(step.name(), Arrays.copyOf(arguments, last), step.soleArgument(), step.arguments());
        begin((step.name() + " " + step.summary(read)).strip());
        try {
            step.run(read, this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("interrupted");
            throw new WorkflowFailure(step.name() + ": interrupted", e);
        } catch (RuntimeException e) {
            fail(Failures.describe(e));
            throw e;
        }
        try {
            body.call();
        } catch (CpsCallableInvocation invocation) {
            return NestedWorkflow.observed(invocation, this, () -> {}, () -> step.end(this));
        }
        throw new IllegalStateException(step.name() + ": the block is no code of a workflow");
    }

    void begin(String name) {
        current = new RunNode(credentials.mask(name), current, clock.instant());
    }

    void succeed(String shortResult) {
        current.succeed(credentials.mask(shortResult));
        current = current.parent();
    }

    void fail(String why) {
        current.fail(credentials.mask(why));
        current = current.parent();
    }
}
