package io.jenkins.plugins.understack.core.state;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * Whether each entry of a store is as it was written, and is found by its key. A damaged key costs more than its entry: whoever
 * looks for others, or puts some, is led to wrong pages by it.
 */
final class Inspection {
    private Inspection() {}

    /** Reads all of it. False also where it cannot be read. */
    static boolean isWhole(MVStore store) {
        try {
            for (String name : store.getMapNames()) {
                MVMap<String, String> map = MvFile.map(store, name);
                if (!isWhole(map, map.getRootPage())) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException | AssertionError e) {
            if (MvFile.isOfProcess(e)) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isWhole(MVMap<String, String> map, Page<String, String> page) {
        if (!page.isLeaf()) {
            for (int i = 0; i < page.getRawChildPageCount(); i++) {
                if (!isWhole(map, page.getChildPage(i))) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < page.getKeyCount(); i++) {
            if (!Checked.isWhole(page.getKey(i), page.getValue(i)) || !page.getValue(i).equals(map.get(page.getKey(i)))) {
                return false;
            }
        }
        return true;
    }
}
