package io.jenkins.plugins.understack.workbench.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Where {@code understack run} keeps what must outlive it; for its owner only, and for one process at a time. */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Another process has it; {@link InboxApi} is the way to ask that one. */
    public static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(Path path) {
            super(path + " is in use by another process");
        }
    }

    /** Makes the folder where there is none. The lock ends with the process, however it ends. */
    public static DataFolder open(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        Files.createDirectories(path, forOwner(path.getParent(), "rwx------"));
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DataFolder(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            // By this process.
        }
        channel.close();
        throw new InUseException(path);
    }

    /** The attribute that gives a new file these permissions, where the file system has such. */
    static FileAttribute<?>[] forOwner(Path near, String permissions) throws IOException {
        Path existing = near;
        while (Files.notExists(existing)) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    public Path path() {
        return path;
    }

    /** Whether a folder has an inbox. */
    public static boolean isUsed(Path folder) {
        return Files.exists(folder.resolve("inbox.mv"));
    }

    public Path inbox() {
        return path.resolve("inbox.mv");
    }

    public Path runs() {
        return path.resolve("runs");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
