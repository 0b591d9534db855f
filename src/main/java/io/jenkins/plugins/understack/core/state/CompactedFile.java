package io.jenkins.plugins.understack.core.state;

import java.util.HashMap;
import org.h2.mvstore.Chunk;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SingleFileStore;

/**
 * A file of H2 that is kept small while it is written. Each commit is a chunk, of which less and less is needed as entries go and
 * come; what is left of those that are nearly empty is moved together, so that their space can be used again. As many bytes may be moved
 * as were written: so it keeps up, however much comes. H2's own {@link MVStore#compact} does not: it prefers old chunks that are nearly
 * full to young ones that are nearly empty.
 *
 * <p>What was moved goes out with the next commit. The space it leaves is used again when several commits after that one are on disk
 * and nobody reads an older version, so that what is on disk is whole at any time.
 */
final class CompactedFile extends SingleFileStore {
    /** What is moved at once, in bytes; less is not worth it. */
    private static final int LEAST = 512 * 1024;
    /** More is left for the next time: all who wait for the disk wait for it as well. */
    private static final int MOST = 2 * 1024 * 1024;
    /** Percent of a chunk that is still needed; where it is more, moving costs more than it brings. */
    private static final int FILL_RATE = 60;

    /** Bytes that had been written when something was moved last, and those that were moved for them since. */
    private long paid;

    private boolean moved;

    private CompactedFile() {
        super(new HashMap<>());
    }

    static CompactedFile open(String name) {
        CompactedFile file = new CompactedFile();
        try {
            file.open(name, false, null);
            return file;
        } catch (RuntimeException | Error e) {
            // Where another process has it, it is open all the same.
            file.closeAfter(e);
            throw e;
        }
    }

    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException | Error again) {
            if (again != failure) {
                failure.addSuppressed(again);
            }
        }
    }

    /** To be called between two commits, by the one thread that writes. Who writes waits for it: so long as 2 MB take to be read. */
    void step(MVStore store) {
        int due = (int) Math.min(MOST, writeBytes.get() - paid);
        if (due < LEAST) {
            return;
        }
        long before = store.getUnsavedMemory();
        store.executeFilestoreOperation(() -> moved = rewriteChunks(due, emptiest(due)));
        paid += moved ? Math.max(0, store.getUnsavedMemory() - before) : LEAST;
    }

    /** How full the emptiest chunks are that have so many bytes, in percent. */
    private int emptiest(int bytes) {
        long time = System.currentTimeMillis() - getCreationTime() - getRetentionTime();
        long[] live = new long[FILL_RATE + 1];
        for (Chunk<?> chunk : getChunks().values()) {
            int percent = chunk.maxLen == 0 ? 0 : (int) Math.min(FILL_RATE, chunk.maxLenLive * 100 / chunk.maxLen);
            live[percent] += chunk.time <= time ? chunk.maxLenLive : 0;
        }
        int percent = 0;
        for (long sum = live[0]; percent < FILL_RATE && sum < bytes; sum += live[percent]) {
            percent++;
        }
        // H2 rounds up.
        return percent + 1;
    }
}
