package io.jenkins.plugins.understack.core.state;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;

/**
 * Texts as H2 writes them. Where a damaged length or count is larger than can be true, that is said to be damage; H2 would ask for so much
 * memory, and want of memory says nothing about a file.
 */
final class TextType extends StringDataType {
    static final TextType INSTANCE = new TextType();

    /** H2 splits a page long before it has so many entries. */
    private static final int MOST_OF_A_PAGE = 1 << 14;

    private TextType() {}

    @Override
    public String[] createStorage(int size) {
        return super.createStorage(checked(size, MOST_OF_A_PAGE));
    }

    @Override
    public String read(ByteBuffer page) {
        // Each character takes at least one byte.
        return DataUtils.readString(page, checked(DataUtils.readVarInt(page), page.remaining()));
    }

    private static int checked(int count, int most) throws MVStoreException {
        if (count < 0 || count > most) {
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "Page has {0} where {1} is the most there can be", count, most);
        }
        return count;
    }
}
