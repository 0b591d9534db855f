package io.jenkins.plugins.understack.workbench.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.dispatch.Dispatcher;
import io.jenkins.plugins.understack.core.inbox.Ids;
import io.jenkins.plugins.understack.core.inbox.Inbox;
import io.jenkins.plugins.understack.core.inbox.InboxSettings;
import io.jenkins.plugins.understack.core.sensor.SensorIndex;
import io.jenkins.plugins.understack.core.sensor.correlation.Correlator;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.workbench.inbox.DataFolder;
import io.jenkins.plugins.understack.workbench.inbox.DeskException;
import io.jenkins.plugins.understack.workbench.inbox.InboxApi;
import io.jenkins.plugins.understack.workbench.inbox.InboxDesk;
import io.jenkins.plugins.understack.workbench.inbox.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/** How commands reach the inbox of a data folder: through the {@code run} that is at work on it, else by themselves. */
final class Desk {
    private final Path folder;
    private final Configuration configuration;
    private boolean atWork;

    /** @param configuration for a replay without {@code run}, or null */
    Desk(Path folder, Configuration configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    JsonNode ask(ObjectNode request) throws CommandFailedException, InterruptedException {
        if (!DataFolder.isUsed(folder)) {
            throw CommandFailedException.wrong("--data: " + folder + " has no inbox; expected the folder that \"understack run\" names on start-up");
        }
        try (DataFolder data = DataFolder.open(folder)) {
            return ask(data, request);
        } catch (DataFolder.InUseException e) {
            atWork = true;
            return askRun(request);
        } catch (DeskException e) {
            throw CommandFailedException.failed(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailedException.failed("--data: " + folder + " cannot be used: " + e.getMessage());
        }
    }

    private JsonNode askRun(ObjectNode request) throws CommandFailedException, InterruptedException {
        try {
            return InboxApi.ask(folder, request);
        } catch (DeskException e) {
            throw CommandFailedException.failed(e.getMessage());
        }
    }

    private JsonNode ask(DataFolder data, ObjectNode request) throws DeskException {
        Clock clock = Clock.systemUTC();
        try (StateStore store = new FileStateStore(data.inbox(), clock)) {
            InboxSettings settings = configuration == null ? InboxSettings.DEFAULT : configuration.inbox();
            Inbox inbox = new Inbox(store, () -> settings, source -> false, null, clock);
            return new InboxDesk(inbox, new RunFiles(data.runs()), dispatcher(inbox, store)).answer(request);
        }
    }

    private Dispatcher dispatcher(Inbox inbox, StateStore store) {
        if (configuration == null) {
            return null;
        }
        SensorIndex index = new SensorIndex();
        configuration.sensors().forEach(sensor -> index.put(sensor.name(), sensor.compile()));
        return new Dispatcher(
                index,
                new Correlator(store),
                inbox,
                event -> {},
                (event, decisions) -> {},
                source -> configuration.rulesOf(source).secrets());
    }

    /** Whether a {@code run} has answered. */
    boolean isAtWork() {
        return atWork;
    }

    /** Leading zeros may be left out. */
    static String number(String text) throws CommandFailedException {
        String number = text.matches("[0-9a-f]{1,16}") ? "0".repeat(16 - text.length()) + text : text;
        if (!Ids.isNumber(number)) {
            throw CommandFailedException.wrong("\"" + text + "\" is no number of an event; expected 1 to 16 digits 0-9a-f");
        }
        return number;
    }

    /** The id of a dead letter: number, dash and count. */
    static String id(String text) throws CommandFailedException {
        int dash = text.indexOf('-');
        String count = text.substring(dash + 1);
        if (dash > 0 && count.matches("[0-9a-f]{1,8}")) {
            return number(text.substring(0, dash)) + "-" + "0".repeat(Math.max(0, 4 - count.length())) + count;
        }
        throw CommandFailedException.wrong("\"" + text + "\" is no id of a dead letter; expected one as \"understack dead-letters\" shows them");
    }
}
