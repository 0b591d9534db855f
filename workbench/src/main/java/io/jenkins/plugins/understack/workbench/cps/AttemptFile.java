package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateMap;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * The log-ins to BMCs of all commands of one user: each {@link #write} locks the file, reads it, makes the changes and writes it, so that
 * commands may run at the same time. It has one map; what is read outside of a write may be old. Thread-safe.
 */
public final class AttemptFile implements StateStore {
    private final Path file;
    private final StateMap entries = new MemoryStateStore().map("");

    /** @param file made with its folder at the first log-in */
    public AttemptFile(Path file) {
        this.file = file;
    }

    /** In the folder that the XDG Base Directory Specification has for such; for this process alone where the user has no home. */
    public static StateStore of(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!Path.of(state).isAbsolute() && home.isEmpty()) {
            return new MemoryStateStore();
        }
        Path folder = Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home, ".local", "state");
        return new AttemptFile(folder.resolve("understack").resolve("bmc-log-ins.properties"));
    }

    @Override
    public StateMap map(String name) {
        return entries;
    }

    @Override
    public CompletableFuture<Void> write(Runnable changes) {
        // A lock of a file is one of the process.
        synchronized (AttemptFile.class) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (FileChannel channel = FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    read(channel);
                    changes.run();
                    write(channel);
                }
                return CompletableFuture.completedFuture(null);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(new UncheckedIOException(
                        new IOException(file + " cannot be used: " + e + "; log-ins to BMCs are counted there, so that none is locked", e)));
            }
        }
    }

    private void read(FileChannel channel) throws IOException {
        Properties read = new Properties();
        read.load(Channels.newInputStream(channel));
        List.copyOf(entries.keySet()).forEach(entries::remove);
        read.stringPropertyNames().forEach(key -> entries.put(key, read.getProperty(key)));
    }

    private void write(FileChannel channel) throws IOException {
        Properties written = new Properties();
        written.putAll(entries);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        written.store(bytes, null);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(bytes.toByteArray()), 0);
        channel.force(false);
    }

    @Override
    public String problem() {
        return null;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
