package io.jenkins.plugins.understack.workbench.command;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.inbox.Search;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What events and dead letters are looked for by, in the words of Jenkins' pages and REST. */
final class SearchOptions {
    @Option(names = "--id", paramLabel = "TEXT", description = "Only with this in the event's id or number.")
    private String id;

    @Option(names = "--source", paramLabel = "NAME", description = "Only of this event source.")
    private String source;

    @Option(names = "--event", paramLabel = "NAME", description = "Only of this event of its source.")
    private String event;

    @Option(names = "--sensor", paramLabel = "NAME", description = "Only of this sensor.")
    private String sensor;

    @Option(names = "--job", paramLabel = "NAME", description = "Only of this job.")
    private String job;

    /** @param type null for any @param state null for any */
    Search search(String type, String state) throws CommandFailedException {
        Map<String, String> wanted = new HashMap<>();
        wanted.put("id", id);
        wanted.put("source", source);
        wanted.put("event", event);
        wanted.put("type", type);
        wanted.put("sensor", sensor);
        wanted.put("job", job);
        wanted.put("state", state);
        try {
            return Search.of(wanted::get);
        } catch (InvalidFieldException e) {
            throw CommandFailedException.wrong("--" + e.getMessage());
        }
    }
}
