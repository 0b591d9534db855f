package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.core.dispatch.DecisionListener;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision;
import io.jenkins.plugins.understack.core.workflow.TreePrinter;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;
import io.jenkins.plugins.understack.workbench.print.Console;
import io.jenkins.plugins.understack.workbench.print.DecisionPrinter;
import io.jenkins.plugins.understack.workbench.server.RunListener;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/** Prints what happens: each event with its decisions, each run when it has ended. Thread-safe. */
class Story implements DecisionListener, RunListener {
    private final Console console;
    private final DecisionPrinter decisionPrinter;
    private final TreePrinter trees;

    Story(Console console) {
        this.console = console;
        this.decisionPrinter = new DecisionPrinter(console.style());
        this.trees = new TreePrinter(console.style(), ZoneId.systemDefault());
    }

    @Override
    public void decided(Event event, List<Decision> decisions) {
        List<Decision> sorted =
                decisions.stream().sorted(Comparator.comparing(Decision::sensor)).toList();
        console.print("\n" + decisionPrinter.print(event, sorted));
    }

    @Override
    public void ended(Event event, String sensor, WorkflowResult result) {
        console.print("\n" + trees.print(result.root(), result.inputs(), "sensor " + sensor + ", event " + event.id()));
    }
}
