package io.jenkins.plugins.understack.core.state;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;

/** Opens the file of a store, for its owner only. A damaged one is moved aside, and what is readable of it is kept. */
final class MvFile {
    private static final Logger LOGGER = Logger.getLogger(MvFile.class.getName());
    /** What says nothing about the content of the file; all else does, since nobody but us writes to it. */
    private static final Set<Integer> NO_DAMAGE = Set.of(
            DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED, DataUtils.ERROR_FILE_LOCKED);

    /** Where the newest part of the file is damaged, what was there so long before can still be read. */
    static final Duration RETENTION = Duration.ofSeconds(5);

    private final String scheme;
    private final Duration retention;
    private final Path file;
    private final Clock clock;

    /**
     * @param scheme of one of H2's file systems, with its colon, or the empty text
     * @param retention for how long space that is not used any more is left alone
     */
    MvFile(String scheme, Duration retention, Path file, Clock clock) {
        this.scheme = scheme;
        this.retention = retention;
        this.file = file.toAbsolutePath();
        this.clock = clock;
    }

    static boolean isDamage(Throwable e) {
        return !(e instanceof MVStoreException known)
                || !NO_DAMAGE.contains(known.getErrorCode())
                || known.getCause() instanceof EOFException;
    }

    /** A map of such a store. */
    static MVMap<String, String> map(MVStore store, String name) {
        return store.openMap(
                name, new MVMap.Builder<String, String>().keyType(StringDataType.INSTANCE).valueType(StringDataType.INSTANCE));
    }

    MVStore open() {
        try {
            Path folder = file.toAbsolutePath().resolveSibling("");
            Files.createDirectories(folder);
            if (Files.notExists(file) && Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return openFile();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            if (!isDamage(e)) {
                throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
            }
            salvage();
            return openFile();
        }
    }

    /** Only {@link StateStore#write} writes, so that what is on disk is always one consistent state. */
    private MVStore openFile() {
        MVStore opened = new MVStore.Builder().fileName(scheme + file).autoCommitDisabled().open();
        opened.setRetentionTime((int) retention.toMillis());
        return opened;
    }

    /** Nobody uses the file. */
    void salvage() {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + clock.instant().toEpochMilli());
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " is damaged and cannot be moved to " + aside, e));
        }
        long kept = 0;
        try (MVStore fresh = openFile()) {
            kept = Salvage.copy(aside, fresh);
            fresh.commit();
            fresh.sync();
        } catch (RuntimeException | AssertionError e) {
            LOGGER.log(Level.SEVERE, e, () -> "nothing more can be read of " + aside);
        }
        LOGGER.log(Level.SEVERE, "{0} was damaged and was moved to {1}; {2} entries of it could be read and are kept", new Object[] {
            file, aside, kept
        });
    }
}
