package io.jenkins.plugins.understack.core.redfish.update;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

/** The content of an image as a body, of which it is told every ten seconds how much has been taken. For one request. */
final class CountedFile implements BodyPublisher {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final long MEGABYTE = 1024L * 1024;

    private final BodyPublisher file;
    private final Clock clock;
    private final Consumer<String> log;

    CountedFile(ImageFile image, Clock clock, Consumer<String> log) throws UpdateFailedException {
        this.clock = clock;
        this.log = log;
        try {
            file = BodyPublishers.ofFile(image.file());
        } catch (FileNotFoundException e) {
            throw new UpdateFailedException("image " + image.image() + " is no longer at " + image.file());
        }
    }

    @Override
    public long contentLength() {
        return file.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        file.subscribe(new Counting(subscriber));
    }

    private final class Counting implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> next;
        private Instant told = clock.instant();
        private long bytes;

        Counting(Subscriber<? super ByteBuffer> next) {
            this.next = next;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            next.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            bytes += buffer.remaining();
            Instant now = clock.instant();
            if (!now.isBefore(told.plus(EVERY))) {
                told = now;
                log.accept(bytes / MEGABYTE + " of " + contentLength() / MEGABYTE + " MB are sent");
            }
            next.onNext(buffer);
        }

        @Override
        public void onError(Throwable throwable) {
            next.onError(throwable);
        }

        @Override
        public void onComplete() {
            next.onComplete();
        }
    }
}
