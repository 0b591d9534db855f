package io.jenkins.plugins.understack.trigger;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.understack.Understack;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Events of builds, as files: below {@code JENKINS_HOME/understack/events} while a build waits in the queue, and in the
 * build's own directory from its start, so that they live as long as the build. They are in no {@code build.xml}.
 */
public final class EventFiles {
    private static final Logger LOGGER = Logger.getLogger(EventFiles.class.getName());
    private static final String IN_RUN = "understack-event.json";
    private static final String SUFFIX = ".json";

    private static Path directory() {
        return Jenkins.get().getRootDir().toPath().resolve("understack").resolve("events");
    }

    /**
     * Returns when the event is on disk.
     *
     * @return the name of its file. One for each start: two events can have the same id and other data.
     */
    String save(Event event) throws IOException {
        Path directory = directory();
        Files.createDirectories(directory);
        String name = UUID.randomUUID() + SUFFIX;
        try (AtomicFileWriter writer = new AtomicFileWriter(directory.resolve(name), StandardCharsets.UTF_8)) {
            writer.write(event.toCloudEvent().toString());
            writer.commit();
        }
        return name;
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(directory().resolve(name));
    }

    /** The event that started a build, or null where none did or its file is gone. */
    public static Event ofRun(Run<?, ?> run) throws IOException {
        Path file = run.getRootDir().toPath().resolve(IN_RUN);
        return Files.exists(file) ? Event.fromCloudEvent(Json.MAPPER.readTree(file.toFile())) : null;
    }

    private void moveTo(Run<?, ?> run, EventAction action) {
        try {
            Files.move(
                    directory().resolve(action.file()),
                    run.getRootDir().toPath().resolve(IN_RUN),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the event of " + run + " could not be moved into its directory; eventData() will fail there");
        }
    }

    /** Removes what no build waits for any more. A file is left alone for an hour, because its build may be about to be queued. */
    private void prune() throws IOException {
        if (!Files.isDirectory(directory())) {
            return;
        }
        Set<String> waiting = Arrays.stream(Queue.getInstance().getItems())
                .flatMap(item -> item.getActions(EventAction.class).stream())
                .map(EventAction::file)
                .collect(Collectors.toSet());
        Instant limit = Instant.now().minus(Duration.ofHours(1));
        List<Path> files;
        try (Stream<Path> all = Files.list(directory())) {
            files = all.filter(file -> !waiting.contains(file.getFileName().toString())).toList();
        }
        for (Path file : files) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Extension
    public static final class OnStart extends RunListener<Run<?, ?>> {
        @Override
        public void onInitialize(Run<?, ?> run) {
            EventAction action = run.getAction(EventAction.class);
            if (action != null) {
                Understack.get().eventFiles().moveTo(run, action);
            }
        }
    }

    @Extension
    public static final class Pruning extends AsyncPeriodicWork {
        public Pruning() {
            super("UnderStack event files");
        }

        @Override
        public long getRecurrencePeriod() {
            return Duration.ofHours(1).toMillis();
        }

        @Override
        protected void execute(TaskListener listener) throws IOException {
            Understack.get().eventFiles().prune();
        }
    }
}
