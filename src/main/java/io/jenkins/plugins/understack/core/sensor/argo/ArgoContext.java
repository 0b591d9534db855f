package io.jenkins.plugins.understack.core.sensor.argo;

import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.sensor.Decision.Outcome;
import io.jenkins.plugins.understack.core.sensor.Decision.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code filters.context}: exact values of type, subject, source and datacontenttype; the other attributes are not looked at. */
final class ArgoContext {
    private final String part;
    private final Map<String, String> expected = new LinkedHashMap<>();

    ArgoContext(String part, Block block) {
        this.part = part;
        block.only("type", "subject", "source", "datacontenttype", "id", "time", "specversion");
        for (String attribute : List.of("type", "subject", "source", "datacontenttype")) {
            expected.put(attribute, block.text(attribute, ""));
        }
    }

    Reason evaluate(Event event) {
        var actual = ArgoEvent.context(event);
        List<String> wrong = new ArrayList<>();
        expected.forEach((attribute, value) -> {
            String found = actual.path(attribute).asText();
            if (!value.isEmpty() && !value.equals(found)) {
                wrong.add(attribute + " is \"" + found + "\"; expected \"" + value + "\"");
            }
        });
        return new Reason(
                part, wrong.isEmpty() ? Outcome.PASS : Outcome.REJECT, wrong.isEmpty() ? "is as expected" : String.join(", ", wrong));
    }
}
