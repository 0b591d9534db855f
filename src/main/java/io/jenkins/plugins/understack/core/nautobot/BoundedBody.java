package io.jenkins.plugins.understack.core.nautobot;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects the body of an answer up to a limit, so that no server can fill our memory. Used by one exchange. */
final class BoundedBody implements Consumer<Optional<byte[]>> {
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    /** Ends the exchange. */
    static final class TooLongException extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the answer is longer than " + MAX_BYTES + " bytes", new IOException());
        }
    }

    @Override
    public synchronized void accept(Optional<byte[]> chunk) {
        if (chunk.isPresent()) {
            if (collected.size() + chunk.get().length > MAX_BYTES) {
                throw new TooLongException();
            }
            collected.writeBytes(chunk.get());
        }
    }

    synchronized byte[] bytes() {
        return collected.toByteArray();
    }
}
