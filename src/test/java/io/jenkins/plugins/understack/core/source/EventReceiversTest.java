package io.jenkins.plugins.understack.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.broker.MapSecrets;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.metrics.SourceMeters;
import io.jenkins.plugins.understack.core.source.webhook.WebhookAuthentication;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEvent;
import io.jenkins.plugins.understack.core.source.webhook.WebhookEventSource;
import io.jenkins.plugins.understack.core.source.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventReceiversTest {
    private final EventReceivers receivers = new EventReceivers(TestSink.of(event -> {}), new MapSecrets(), Clock.systemUTC());

    @Test
    void touchesOnlyWhatDiffers() {
        receivers.configure(List.of(webhook("a", "x"), webhook("b", "x")));
        var a = receivers.webhook("a").orElseThrow();
        var b = receivers.webhook("b").orElseThrow();

        receivers.configure(List.of(webhook("b", "other"), webhook("a", "x"), webhook("c", "x")));

        assertThat(receivers.webhook("a")).containsSame(a);
        assertThat(receivers.webhook("b").orElseThrow()).isNotSameAs(b);
        assertThat(receivers.status()).extracting(SourceStatus::name).containsExactly("b", "a", "c");
        receivers.close();
        assertThat(receivers.status()).isEmpty();
    }

    @Test
    void webhooksAnswerWhileAnotherSourceTakesLongToClose() throws Exception {
        Slow slow = new Slow("slow");
        receivers.configure(List.of(slow, webhook("a", "x")));
        Thread reconfiguring = new Thread(() -> receivers.configure(List.of(webhook("a", "x"), webhook("new", "x"))));
        reconfiguring.start();
        slow.closing.await();

        assertThat(status("a")).isEqualTo(202);
        assertThat(status("new")).isEqualTo(202);

        slow.mayClose.countDown();
        reconfiguring.join();
        assertThat(status("a")).isEqualTo(202);
        assertThat(receivers.status()).extracting(SourceStatus::name).containsExactly("a", "new");
    }

    private int status(String source) throws Exception {
        return receivers
                .webhook(source)
                .orElseThrow()
                .receive(new WebhookRequest("POST", "x", null, Map.of(), new ByteArrayInputStream("1".getBytes())))
                .status();
    }

    private static WebhookEventSource webhook(String name, String path) {
        return new WebhookEventSource(
                name,
                List.of(new WebhookEvent("e", path, "POST", new WebhookAuthentication.None(), null, 100, Map.of())));
    }

    /** A source whose closing waits to be allowed. */
    private static final class Slow implements EventSource {
        private final CountDownLatch closing = new CountDownLatch(1);
        private final CountDownLatch mayClose = new CountDownLatch(1);
        private final String name;

        Slow(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String kind() {
            return "slow";
        }

        @Override
        public List<String> eventNames() {
            return List.of();
        }

        @Override
        public Event read(String event, byte[] body, Clock clock) {
            throw new IllegalArgumentException(event);
        }

        @Override
        public EventReceiver start(EventSink sink, Secrets secrets, Clock clock, SourceMeters meters) {
            SourceHealth health = new SourceHealth(this, clock, meters);
            return new EventReceiver() {
                @Override
                public EventSource source() {
                    return Slow.this;
                }

                @Override
                public SourceStatus status() {
                    return health.status(0, List.of());
                }

                @Override
                public void close() {
                    closing.countDown();
                    try {
                        mayClose.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }
    }
}
