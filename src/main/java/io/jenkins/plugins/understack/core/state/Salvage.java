package io.jenkins.plugins.understack.core.state;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/** Reads what can be read of a damaged file: pages have checksums, and one that is damaged does not cost its neighbours. */
final class Salvage {
    private static final Logger LOGGER = Logger.getLogger(Salvage.class.getName());

    private Salvage() {}

    /**
     * Returns how many entries were copied. What goes wrong with the fresh one, or with the process, is thrown: the damaged one may have
     * more.
     */
    static long copy(Path damaged, MVStore fresh) {
        MVStore store = readable(damaged, "it", () -> new MVStore.Builder()
                .fileName(damaged.toString())
                .readOnly()
                .recoveryMode()
                .open());
        if (store == null) {
            return 0;
        }
        long copied = 0;
        try {
            for (String name : store.getMapNames()) {
                Page<String, String> root = readable(damaged, "map " + name, () -> MvFile.map(store, name).getRootPage());
                copied += root == null ? 0 : copy(damaged, root, MvFile.map(fresh, name));
            }
        } finally {
            store.closeImmediately();
        }
        return copied;
    }

    private static long copy(Path damaged, Page<String, String> page, MVMap<String, String> to) {
        long copied = 0;
        if (page.isLeaf()) {
            for (int i = 0; i < page.getKeyCount(); i++) {
                if (Checked.isWhole(page.getKey(i), page.getValue(i))) {
                    to.put(page.getKey(i), page.getValue(i));
                    copied++;
                }
            }
            return copied;
        }
        for (int i = 0; i < page.getRawChildPageCount(); i++) {
            int number = i;
            Page<String, String> child = readable(damaged, "a page of map " + to.getName(), () -> page.getChildPage(number));
            copied += child == null ? 0 : copy(damaged, child, to);
        }
        return copied;
    }

    /** Null for what cannot be read and is lost. */
    private static <T> T readable(Path damaged, String what, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException | AssertionError e) {
            if (MvFile.isOfProcess(e)) {
                throw e;
            }
            LOGGER.log(Level.WARNING, e, () -> damaged + ": " + what + " cannot be read and is lost");
            return null;
        }
    }
}
