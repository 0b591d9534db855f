package io.jenkins.plugins.understack.core.redfish.update;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes what comes to a file, up to a limit, and takes its checksum. Used by one exchange, one chunk after the other. */
final class ImageWriter implements Consumer<Optional<byte[]>>, AutoCloseable {
    private final OutputStream out;
    private final long limit;
    private final MessageDigest digest;
    private long written;

    ImageWriter(Path file, long limit) throws IOException {
        this.limit = limit;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        out = Files.newOutputStream(file);
    }

    @Override
    public synchronized void accept(Optional<byte[]> chunk) {
        if (chunk.isEmpty()) {
            return;
        }
        written += chunk.get().length;
        try {
            if (written > limit) {
                throw new IOException("it is longer than " + limit + " bytes");
            }
            digest.update(chunk.get());
            out.write(chunk.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Once. */
    synchronized String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    synchronized long written() {
        return written;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
