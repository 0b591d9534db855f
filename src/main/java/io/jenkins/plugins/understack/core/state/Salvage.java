package io.jenkins.plugins.understack.core.state;

import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/** Reads what can be read of a damaged file: pages have checksums, and one that is damaged does not cost its neighbours. */
final class Salvage {
    private static final Logger LOGGER = Logger.getLogger(Salvage.class.getName());

    private Salvage() {}

    /** Returns how many entries were copied. */
    static long copy(Path damaged, MVStore fresh) {
        long copied = 0;
        MVStore store = new MVStore.Builder()
                .fileName(damaged.toString())
                .readOnly()
                .recoveryMode()
                .open();
        try {
            for (String name : store.getMapNames()) {
                try {
                    MVMap<String, String> from = MvFile.map(store, name);
                    copied += copy(from.getRootPage(), MvFile.map(fresh, name));
                } catch (RuntimeException | AssertionError e) {
                    LOGGER.log(Level.WARNING, e, () -> "map \"" + name + "\" of " + damaged + " cannot be read");
                }
            }
        } finally {
            store.closeImmediately();
        }
        return copied;
    }

    private static long copy(Page<String, String> page, MVMap<String, String> to) {
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
            try {
                copied += copy(page.getChildPage(i), to);
            } catch (RuntimeException | AssertionError e) {
                LOGGER.log(Level.WARNING, e, () -> "a page of map \"" + to.getName() + "\" cannot be read and is lost");
            }
        }
        return copied;
    }
}
