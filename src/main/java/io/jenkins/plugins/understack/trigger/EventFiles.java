package io.jenkins.plugins.understack.trigger;

import hudson.model.Run;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.inbox.PayloadCipher;
import io.jenkins.plugins.understack.credentials.JenkinsCipher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Events of builds, as files in the directory of the build, encrypted: they live as long as the build, longer than the inbox keeps
 * them, and are in no {@code build.xml}.
 */
public final class EventFiles {
    private static final String NAME = "understack-event";
    private static final PayloadCipher CIPHER = new JenkinsCipher();

    private EventFiles() {}

    /** Returns when the event is on disk. */
    static void write(Run<?, ?> run, Event event) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file(run), StandardCharsets.UTF_8)) {
            writer.write(CIPHER.encrypt(event.toCloudEvent().toString()));
            writer.commit();
        }
    }

    /** The event that started a build, or null where none did or its file is gone. */
    public static Event ofRun(Run<?, ?> run) throws IOException {
        Path file = file(run);
        if (Files.notExists(file)) {
            return null;
        }
        try {
            return Event.fromCloudEvent(Json.OWN.readTree(CIPHER.decrypt(Files.readString(file))));
        } catch (IllegalArgumentException e) {
            throw new IOException("the event of " + run + " cannot be read: it " + e.getMessage(), e);
        }
    }

    private static Path file(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(NAME);
    }
}
