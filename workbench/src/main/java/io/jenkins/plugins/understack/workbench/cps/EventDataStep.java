package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.event.Json;
import java.util.List;
import java.util.Map;

/** {@code eventData()}: the event that started the run, as a map with the attributes of CloudEvents 1.0 and {@code data}. */
final class EventDataStep implements Step {
    @Override
    public String name() {
        return "eventData";
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public Object run(StepArguments arguments, WorkflowRun run) {
        if (run.event() == null) {
            throw new WorkflowFailure("eventData: no event started this run; expected a start by a sensor");
        }
        return Json.plain(run.event().toCloudEvent());
    }

    @Override
    public String outcome(StepArguments arguments, Object result) {
        return String.valueOf(((Map<?, ?>) result).get("type"));
    }
}
