package io.jenkins.plugins.understack.core.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Collects the body of an answer up to a limit, so that no server can fill our memory. Used by one exchange. */
final class BoundedBody implements Consumer<Optional<byte[]>> {
    private final int limit;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

    /** Ends the exchange. */
    static final class TooLongException extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private TooLongException(int limit) {
            super("the answer is longer than " + limit + " bytes", new IOException());
        }
    }

    /** @param limit in bytes */
    BoundedBody(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void accept(Optional<byte[]> chunk) {
        if (chunk.isPresent()) {
            if (collected.size() + chunk.get().length > limit) {
                throw new TooLongException(limit);
            }
            collected.writeBytes(chunk.get());
        }
    }

    synchronized byte[] bytes() {
        return collected.toByteArray();
    }
}
