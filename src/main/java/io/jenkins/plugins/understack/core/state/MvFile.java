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
        return !isOfProcess(e)
                && (!(e instanceof MVStoreException known)
                        || !NO_DAMAGE.contains(known.getErrorCode())
                        || known.getCause() instanceof EOFException);
    }

    /**
     * Whether it is for want of memory, or of a class while a plugin is replaced: that says nothing about a file. H2 puts any error into
     * one of its own. Its assertions, which only tests switch on, do say something.
     */
    static boolean isOfProcess(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error && !(cause instanceof AssertionError)) {
                return true;
            }
        }
        return false;
    }

    /** A map of such a store. */
    static MVMap<String, String> map(MVStore store, String name) {
        return store.openMap(
                name, new MVMap.Builder<String, String>().keyType(TextType.INSTANCE).valueType(TextType.INSTANCE));
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
            MVStore opened = openFile(file, 0);
            return looked || isWhole(opened) ? opened : mended();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
        } catch (RuntimeException | AssertionError e) {
            if (!isDamage(e)) {
                throw new UncheckedIOException(new IOException(file + " cannot be opened: " + e.getMessage(), e));
            }
            salvage();
            return openFile(file, 0);
        }
    }

    /**
     * H2 goes back to an older state without a word where it cannot read the newest, and from time to time again; and a damaged key
     * leads astray. Both would lose what is written meanwhile, so what is left is put into a new file. Looked at once: where H2 goes
     * back to later was the last that it had said to be on disk. Closed where it is not whole.
     */
    private boolean isWhole(MVStore opened) throws IOException {
        try {
            looked = ChunkHeaders.newestVersion(file) <= opened.getCurrentVersion() && Inspection.isWhole(opened);
            return looked;
        } finally {
            if (!looked) {
                opened.closeImmediately();
            }
        }
    }

    /** With what can be read of it; where no new file can be made, the old one must do. */
    private MVStore mended() {
        try {
            salvage();
        } catch (UncheckedIOException e) {
            if (isOfProcess(e)) {
                throw e;
            }
            LOGGER.log(Level.SEVERE, e.getCause(), () -> file + " is used as it is");
        }
        looked = true;
        return open();
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

    /**
     * Only {@link StateStore#write} writes, so that what is on disk is always one consistent state.
     *
     * @param unsaved with so many kilobytes of changes H2 commits by itself; 0 for never
     */
    private MVStore openFile(Path wanted, int unsaved) {
        CompactedFile opening = CompactedFile.open(scheme + wanted);
        try {
            opening.setRetentionTime((int) retention.toMillis());
            MVStore store = new MVStore.Builder().adoptFileStore(opening).autoCommitDisabled().autoCommitBufferSize(unsaved).open();
            // Compaction moves nothing of maps that are not open (H2, FileStore.rewriteChunks).
            store.getMapNames().forEach(name -> map(store, name));
            return store;
        } catch (RuntimeException | Error e) {
            opening.closeAfter(e);
            throw e;
        }
    }

    /** Between two commits of a store that was opened here. */
    static void compact(MVStore store) {
        ((CompactedFile) store.getFileStore()).step(store);
    }

    /**
     * What is left is put into a new file, then the damaged one is moved aside, then the new one takes its place: an error in between
     * loses nothing. Nobody uses the file.
     *
     * @throws UncheckedIOException where there can be no new file; the damaged one is where it was
     */
    void salvage() {
        Path aside = aside();
        long kept;
        try {
            Files.deleteIfExists(fresh());
            kept = copy(file, fresh());
            Files.move(file, aside);
            Files.move(fresh(), file);
        } catch (IOException | RuntimeException | Error e) {
            UncheckedIOException failure = new UncheckedIOException(new IOException(
                    file + " is damaged, and what is left of it cannot be put into a new file: " + e.getMessage(), e));
            deleteHalf(failure);
            throw failure;
        }
        LOGGER.log(Level.SEVERE, "{0} was damaged and was moved to {1}; {2} entries of it could be read and are kept", new Object[] {
            file, aside, kept
        });
    }

    private void deleteHalf(Throwable failure) {
        try {
            if (Files.exists(file)) {
                Files.deleteIfExists(fresh());
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
