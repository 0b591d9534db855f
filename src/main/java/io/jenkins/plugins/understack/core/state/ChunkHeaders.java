package io.jenkins.plugins.understack.core.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What H2 wrote into a file, whether it can still be read or not. Each commit is a chunk, with a version in the text that its first
 * block begins with and its last one ends with; after a clean close the header of the file has the last version too (H2, "MVStore",
 * File Format).
 */
final class ChunkHeaders {
    private static final int BLOCK = 4096;
    private static final int FOOTER = 128;
    private static final Pattern VERSION = Pattern.compile("(chunk|H):[ -~]*?,version:([0-9a-f]{1,15})[^0-9a-f]");

    private ChunkHeaders() {}

    /**
     * The version of the newest commit that must have been on disk, or 0: the one that a clean close names, and the one before any other,
     * since each is begun when the one before is on disk. Reads all of the file.
     */
    static long newestVersion(Path file) throws IOException {
        long newest = 0;
        ByteBuffer blocks = ByteBuffer.allocate(256 * BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (fill(channel, blocks)) {
                for (int begin = 0; begin < blocks.limit(); begin += BLOCK) {
                    int end = Math.min(begin + BLOCK, blocks.limit());
                    newest = Math.max(newest, version(blocks.array(), begin, end));
                    newest = Math.max(newest, version(blocks.array(), Math.max(begin, end - FOOTER), end));
                }
            }
        }
        return newest;
    }

    /** Whole blocks, but at the end of the file; false where there is nothing more. */
    private static boolean fill(FileChannel channel, ByteBuffer blocks) throws IOException {
        blocks.clear();
        while (blocks.hasRemaining() && channel.read(blocks) > 0) {
            // It may read less than there is.
        }
        blocks.flip();
        return blocks.hasRemaining();
    }

    private static long version(byte[] bytes, int begin, int end) {
        // Most blocks are something else, and the file is large.
        return bytes[begin] == 'c' || bytes[begin] == 'H'
                ? version(new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1))
                : 0;
    }

    private static long version(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.lookingAt()) {
            return 0;
        }
        long version = Long.parseLong(matcher.group(2), 16);
        return matcher.group(1).equals("H") ? version : version - 1;
    }
}
