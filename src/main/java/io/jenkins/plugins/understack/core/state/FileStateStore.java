package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    private static final int SAVES_PER_COMPACTION = 1_000;
    /** Percent of the file that is in use; what is below is moved together. */
    private static final int FILL_RATE = 50;

    private static final int MOST_MOVED_BYTES = 1024 * 1024;

    private final Path file;
    private final Clock clock;
    private MVStore store;
    private long saves;

    public FileStateStore(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Map<String, String> map(String name) {
        return new SavedMap(name);
    }

    @Override
    public void save() {
        with(opened -> {
            opened.commit();
            opened.sync();
            if (++saves % SAVES_PER_COMPACTION == 0) {
                opened.compact(FILL_RATE, MOST_MOVED_BYTES);
            }
            return null;
        });
    }

    /** H2 closes its store for good after an error, such as a full disk; what was saved is read from the file again. */
    private synchronized <T> T with(Function<MVStore, T> work) {
        try {
            return work.apply(open());
        } catch (MVStoreException e) {
            if (store != null) {
                store.closeImmediately();
                store = null;
            }
            throw new UncheckedIOException(new IOException(file + " cannot be used: " + e.getMessage(), e));
        }
    }

    private final class SavedMap extends AbstractMap<String, String> {
        private final String name;

        SavedMap(String name) {
            this.name = name;
        }

        @Override
        public String get(Object key) {
            return with(opened -> opened.<String, String>openMap(name).get(key));
        }

        @Override
        public boolean containsKey(Object key) {
            return get(key) != null;
        }

        @Override
        public String put(String key, String value) {
            return with(opened -> opened.<String, String>openMap(name).put(key, value));
        }

        @Override
        public String remove(Object key) {
            return with(opened -> opened.<String, String>openMap(name).remove(key));
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return with(opened -> Map.copyOf(new HashMap<>(opened.<String, String>openMap(name))).entrySet());
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
        MVStore opened = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
        // Space is used again at once: what took the place of its content is on disk before, because every save syncs.
        opened.setRetentionTime(0);
        return opened;
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
