package io.jenkins.plugins.understack.workbench.inbox;

import io.jenkins.plugins.understack.core.event.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One small file for each run, {@code <id of the start>.json}. A run exists when its file does: by that a start that was being tried
 * when the process ended is neither lost nor run twice. Thread-safe for different runs.
 */
public final class RunFiles {
    private static final Logger LOGGER = Logger.getLogger(RunFiles.class.getName());
    private static final String ENDING = ".json";

    private final Path folder;

    /** @throws UncheckedIOException where the folder cannot be made */
    public RunFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder, DataFolder.forOwner(folder.getParent(), "rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On disk when this returns. @throws java.nio.file.FileAlreadyExistsException where the run exists */
    public void begin(RunFile run) throws IOException {
        Path file = file(run.start());
        try (FileChannel created = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            try {
                write(created, run);
                syncFolder();
            } catch (IOException | RuntimeException e) {
                // A run that will not be.
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** Takes the place of what was written when it began. A failure is only logged: that the run exists is what counts. */
    public void end(RunFile run) {
        Path next = folder.resolve(run.start() + ".next");
        try {
            try (FileChannel written =
                    FileChannel.open(next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(written, run);
            }
            Files.move(next, file(run.start()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "{0}: the end of the run cannot be written: {1}", new Object[] {file(run.start()), e.getMessage()});
        }
    }

    /** The run of a start; one whose file was being written when the process ended has no more than its ids. */
    public Optional<RunFile> find(String start) {
        Path file = file(start);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RunFile.of(Json.OWN.readTree(Files.readString(file))));
        } catch (IOException | RuntimeException e) {
            return Optional.of(new RunFile(start, start, "", "", "", RunFile.INTERRUPTED, Instant.EPOCH, Instant.EPOCH));
        }
    }

    /** To be called before anything is run: what runs according to its file was cut off. */
    public void interruptAll(Instant now) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                find(start(file))
                        .filter(run -> run.state().equals(RunFile.RUNNING))
                        .ifPresent(run -> end(run.ended(RunFile.INTERRUPTED, now)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the files of runs that ended before {@code age}, unless the inbox still asks for them. */
    public void prune(Instant now, Duration age, Predicate<String> pending) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(age))
                        && !find(start(file)).filter(run -> run.ended() == null).isPresent()
                        && !pending.test(start(file))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String start) {
        return folder.resolve(start + ENDING);
    }

    private static String start(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static void write(FileChannel channel, RunFile run) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(run.toJson().toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** Where folders can be opened: the name of a new file is in its folder. */
    private void syncFolder() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }
}
