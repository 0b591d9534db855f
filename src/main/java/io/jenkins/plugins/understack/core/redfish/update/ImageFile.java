package io.jenkins.plugins.understack.core.redfish.update;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An image on disk, whose checksum is right; deleted when it is closed.
 *
 * @param bytes its length
 */
public record ImageFile(FirmwareImage image, Path file, long bytes) implements AutoCloseable {
    /** More than any that is known; so much disk one update may take. */
    public static final long MAX_BYTES = 4L * 1024 * 1024 * 1024;

    /**
     * Fetches an image into a new file, through a buffer of some kilobytes.
     *
     * @param http with proxy and trust for where images lie; may follow redirects
     * @param directory for the file; null is that of the system
     * @param timeout for all of it
     * @throws UpdateFailedException where it cannot be had or is another than its checksum says; nothing is left on disk
     */
    public static ImageFile fetch(HttpClient http, FirmwareImage image, Path directory, long maxBytes, Duration timeout)
            throws UpdateFailedException, InterruptedException {
        Path file = null;
        boolean done = false;
        try {
            file = directory == null ? Files.createTempFile("firmware-", ".bin") : Files.createTempFile(directory, "firmware-", ".bin");
            try (ImageWriter writer = new ImageWriter(file, maxBytes)) {
                load(http, image, writer, timeout);
                String found = writer.sha256();
                if (!found.equals(image.sha256())) {
                    throw new UpdateFailedException("image " + image + " has SHA-256 " + found + ", expected " + image.sha256()
                            + "; nothing was uploaded. Is it the right file, and whole (" + writer.written() + " bytes)?");
                }
                done = true;
                return new ImageFile(image, file, writer.written());
            }
        } catch (IOException e) {
            throw new UpdateFailedException("image " + image + " cannot be stored (" + e.getMessage() + ")");
        } finally {
            if (!done) {
                delete(file);
            }
        }
    }

    private static void load(HttpClient http, FirmwareImage image, ImageWriter writer, Duration timeout)
            throws UpdateFailedException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(image.url()).GET().build();
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(
                request,
                answer -> answer.statusCode() == 200
                        ? HttpResponse.BodySubscribers.ofByteArrayConsumer(writer)
                        : HttpResponse.BodySubscribers.replacing(null));
        try {
            int status = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status != 200) {
                throw new UpdateFailedException("image " + image + " cannot be had: status " + status + "; nothing was uploaded");
            }
        } catch (TimeoutException e) {
            throw new UpdateFailedException("image " + image + " was not there within " + timeout.toSeconds() + " s; nothing was uploaded");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new UpdateFailedException("image " + image + " cannot be had (" + reason + "); nothing was uploaded");
        } finally {
            exchange.cancel(true);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        delete(file);
    }
}
