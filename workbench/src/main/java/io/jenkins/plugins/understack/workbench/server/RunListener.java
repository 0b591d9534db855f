package io.jenkins.plugins.understack.workbench.server;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.workbench.cps.WorkflowResult;

/** Is told of every run that has ended, by the thread of the run. */
@FunctionalInterface
public interface RunListener {
    void ended(Event event, String sensor, WorkflowResult result);
}
