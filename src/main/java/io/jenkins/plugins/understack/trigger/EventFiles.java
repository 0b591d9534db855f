package io.jenkins.plugins.understack.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.PayloadCipher;
import io.jenkins.plugins.understack.core.inbox.StoredEvent;
import io.jenkins.plugins.understack.core.source.SecretFields;
import io.jenkins.plugins.understack.credentials.JenkinsCipher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of builds, as files in the directory of the build, encrypted: they live as long as the build, longer than the inbox keeps
 * them, and are in no {@code build.xml}.
 */
public final class EventFiles {
    private static final String NAME = "understack-event";
    /** Beside the attributes of CloudEvents. */
    private static final String SECRET_FIELDS = "secretFields";
    private static final PayloadCipher CIPHER = new JenkinsCipher();

    private EventFiles() {}

    /** Returns when the event is on disk. */
    static void write(Run<?, ?> run, StoredEvent stored) throws IOException {
        ObjectNode json = stored.event().toCloudEvent();
        stored.secretFields().forEach(json.putArray(SECRET_FIELDS)::add);
        write(run, json);
    }

    private static void write(Run<?, ?> run, JsonNode json) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file(run), StandardCharsets.UTF_8)) {
            writer.write(CIPHER.encrypt(json.toString()));
            writer.commit();
        }
    }

    /** The event that started a build, or null where none did or its file is gone. */
    public static Event ofRun(Run<?, ?> run) throws IOException {
        JsonNode json = read(run);
        return json == null ? null : Event.fromCloudEvent(json);
    }

    /** The same without what was secret when it was accepted, or is now. */
    static Event shown(Run<?, ?> run) throws IOException {
        JsonNode json = read(run);
        if (json == null) {
            return null;
        }
        List<String> then = new ArrayList<>();
        json.path(SECRET_FIELDS).forEach(path -> then.add(path.textValue()));
        Event event = Event.fromCloudEvent(json);
        return Understack.get().secrets().of(event.source()).and(SecretFields.parse(then)).mask(event);
    }

    private static JsonNode read(Run<?, ?> run) throws IOException {
        Path file = file(run);
        if (Files.notExists(file)) {
            return null;
        }
        try {
            return Json.OWN.readTree(CIPHER.decrypt(Files.readString(file)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the event of " + run + " cannot be read: it " + e.getMessage(), e);
        }
    }

    /** Nothing where no event started {@code from}. Returns when the event is on disk. */
    public static void copy(Run<?, ?> from, Run<?, ?> to) throws IOException {
        JsonNode json = read(from);
        if (json != null) {
            write(to, json);
        }
    }

    private static Path file(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(NAME);
    }
}
