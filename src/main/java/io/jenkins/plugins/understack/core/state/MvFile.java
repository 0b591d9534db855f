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

    /**
     * Commits that are younger are left alone, also where nothing of them is needed: where the newest part of the file is damaged, H2 goes
     * back to one of them. Whatever their age, the last five are whole.
     */
    static final Duration RETENTION = Duration.ofSeconds(1);
    /** In kilobytes: what is left of a damaged file may be more than the heap. */
    private static final int COPIED_AT_ONCE = 8 * 1024;

    private final String scheme;
    private final Duration retention;
    private final Path file;
    private final Clock clock;
    private boolean looked;

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
            Files.createDirectories(file.resolveSibling(""));
            if (Files.notExists(file) && Files.exists(fresh())) {
                // The process died between the two moves.
                Files.move(fresh(), file);
            } else if (Files.notExists(file)) {
                createPrivate(file);
            }
            return looked ? openFile(file) : inspected(openFile(file));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            if (!isDamage(e)) {
                throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
            }
            salvage();
            return openFile(file);
        }
    }

    /**
     * H2 goes back to an older state without a word where it cannot read the newest, and from time to time again; and a damaged key
     * leads astray. Both would lose what is written meanwhile, so what is left is put into a new file. Looked at once: where H2 goes
     * back to later was the last that it had said to be on disk.
     */
    private MVStore inspected(MVStore opened) throws IOException {
        looked = true;
        if (ChunkHeaders.newestVersion(file) <= opened.getCurrentVersion() && Inspection.isWhole(opened)) {
            return opened;
        }
        opened.closeImmediately();
        Path aside = aside();
        try {
            Files.deleteIfExists(fresh());
            long kept = copy(file, fresh());
            Files.move(file, aside);
            Files.move(fresh(), file);
            LOGGER.log(Level.SEVERE, "{0} was damaged and was moved to {1}; {2} entries of it could be read and are kept", new Object[] {
                file, aside, kept
            });
        } catch (IOException | RuntimeException | AssertionError e) {
            Files.deleteIfExists(fresh());
            LOGGER.log(Level.SEVERE, e, () -> file + " is damaged, and what is left of it cannot be put into a new file");
        }
        return openFile(file);
    }

    /** There only while what is left is put into it. */
    private Path fresh() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private Path aside() {
        return file.resolveSibling(file.getFileName() + ".damaged-" + clock.instant().toEpochMilli());
    }

    private long copy(Path from, Path to) throws IOException {
        createPrivate(to);
        try (MVStore fresh = openFile(to, COPIED_AT_ONCE)) {
            long kept = Salvage.copy(from, fresh);
            fresh.commit();
            fresh.sync();
            return kept;
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (Files.getFileStore(file.resolveSibling("")).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    /** Only {@link StateStore#write} writes, so that what is on disk is always one consistent state. */
    private MVStore openFile(Path wanted) {
        return openFile(wanted, 0);
    }

    /** @param unsaved with so many kilobytes of changes H2 commits by itself; 0 for never */
    private MVStore openFile(Path wanted, int unsaved) {
        CompactedFile opening = CompactedFile.open(scheme + wanted);
        opening.setRetentionTime((int) retention.toMillis());
        return new MVStore.Builder().adoptFileStore(opening).autoCommitDisabled().autoCommitBufferSize(unsaved).open();
    }

    /** Between two commits of a store that was opened here. */
    static void compact(MVStore store) {
        ((CompactedFile) store.getFileStore()).step(store);
    }

    /** Nobody uses the file. */
    void salvage() {
        Path aside = aside();
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " is damaged and cannot be moved to " + aside, e));
        }
        long kept = 0;
        try {
            kept = copy(aside, file);
        } catch (IOException | RuntimeException | AssertionError e) {
            LOGGER.log(Level.SEVERE, e, () -> "nothing more can be read of " + aside);
        }
        LOGGER.log(Level.SEVERE, "{0} was damaged and was moved to {1}; {2} entries of it could be read and are kept", new Object[] {
            file, aside, kept
        });
    }
}
