package io.jenkins.plugins.understack.core.dispatch;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;

/** Starts what a sensor decided: a Jenkins build, or a workflow of the workbench. */
public interface BuildStarter {
    /**
     * Returns when the start cannot be lost any more.
     *
     * @param sensor its name
     * @return what became of it, for the decision; outcome REJECT where nothing was started for a good reason
     * @throws StartRefusedException when this start will never work: the job does not exist, a parameter does not fit
     * @throws EventNotAcceptedException when it cannot be started now but may be later
     */
    Reason start(Event event, String sensor, Start start) throws StartRefusedException, EventNotAcceptedException;
}
