package io.jenkins.plugins.understack.workbench.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the controller answers to {@code api/events}; the form is described in docs/explain.md. */
public final class Recording {
    /** Other items follow. */
    private static final ObjectReader ITEMS = Json.OWN.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Recording() {}

    /**
     * An event as it was decided.
     *
     * @param starts by sensors of the central list
     * @param startsOfJobs how many more there were by triggers of jobs, which are in no configuration file
     */
    public record Recorded(Event event, List<SensorStart> starts, int startsOfJobs) {}

    /** A job with its parameters, and the sensor that wants it. */
    public record SensorStart(String sensor, String job, Map<String, String> parameters) {
        public SensorStart {
            parameters = Fields.ordered(parameters);
        }

        /** Whether it is the same build, whatever the sensor is called. */
        boolean isSameBuild(SensorStart other) {
            return job.equals(other.job) && parameters.equals(other.parameters);
        }
    }

    /**
     * Reads one event after the other, so that only one is in memory as a tree.
     *
     * @return since when the record is complete
     */
    public static Instant read(byte[] json, Consumer<Recorded> consumer) throws ReplayException {
        Instant since = null;
        try (JsonParser parser = Json.OWN.getFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                if (member.equals("recordedSince")) {
                    since = Instant.parse(parser.getText());
                } else if (member.equals("events")) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        consumer.accept(recorded(ITEMS.readTree(parser)));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException | DateTimeException e) {
            // Jackson's message quotes the content.
            throw new ReplayException("the recorded events cannot be read; is the plugin there of another version?", e);
        }
        if (since == null) {
            throw new ReplayException("the answer holds no record of events; is the plugin there of another version?");
        }
        return since;
    }

    private static Recorded recorded(JsonNode json) {
        List<SensorStart> starts = new ArrayList<>();
        int ofJobs = 0;
        for (JsonNode decision : json.path("decisions")) {
            List<SensorStart> wanted = starts(decision);
            if (decision.path("central").asBoolean()) {
                starts.addAll(wanted);
            } else {
                ofJobs += wanted.size();
            }
        }
        return new Recorded(Event.fromCloudEvent(json.path("event")), starts, ofJobs);
    }

    /** Also what Jenkins did not start: the sensor wanted it. */
    private static List<SensorStart> starts(JsonNode decision) {
        List<SensorStart> starts = new ArrayList<>();
        String sensor = decision.path("sensor").asText();
        if (decision.has("start") && !decision.has("starts")) {
            starts.add(start(sensor, decision.path("start")));
        }
        for (String member : List.of("starts", "wanted")) {
            decision.path(member).forEach(start -> starts.add(start(sensor, start)));
        }
        return starts;
    }

    private static SensorStart start(String sensor, JsonNode json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        json.path("parameters").properties().forEach(value -> parameters.put(value.getKey(), value.getValue().asText()));
        return new SensorStart(sensor, json.path("job").asText(), parameters);
    }
}
