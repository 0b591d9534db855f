package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * In one file (H2's MVStore: log-structured, survives a crash at any point with all that was saved). It is opened when it is first
 * needed. What goes wrong with it is an {@link UncheckedIOException}.
 */
public final class FileStateStore implements StateStore {
    private static final Logger LOGGER = Logger.getLogger(FileStateStore.class.getName());

    private final Path file;
    private final Clock clock;
    private MVStore store;

    public FileStateStore(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public synchronized ConcurrentMap<String, String> map(String name) {
        return open().openMap(name);
    }

    @Override
    public synchronized void save() {
        try {
            open().commit();
            store.sync();
        } catch (MVStoreException e) {
            throw new UncheckedIOException(new IOException(file + " cannot be written: " + e.getMessage(), e));
        }
    }

    private MVStore open() {
        if (store == null) {
            try {
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                store = openOrReplace();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return store;
    }

    /** A damaged file is moved aside: events that come now are worth more than those that waited for others. */
    private MVStore openOrReplace() throws IOException {
        try {
            return openFile();
        } catch (MVStoreException e) {
            if (e.getErrorCode() != DataUtils.ERROR_FILE_CORRUPT) {
                throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
            }
            Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + clock.instant().getEpochSecond());
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOGGER.log(Level.SEVERE, e, () -> file + " is damaged and was moved to " + aside + "; events that waited for others are lost");
            return openFile();
        }
    }

    /** Only {@link #save} writes, so that what is on disk is always one consistent state. */
    private MVStore openFile() {
        return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
