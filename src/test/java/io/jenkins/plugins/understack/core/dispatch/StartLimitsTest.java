package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.dispatch.StartLimits.Turn;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartLimitsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final MemoryStateStore state = new MemoryStateStore();
    private final StartLimits limits = new StartLimits(state);

    @Test
    void withoutARuleNothingIsKept() {
        assertThat(limits.take("s", start(null, null, null), NOON)).isEqualTo(new Turn(false, Duration.ZERO));
        assertThat(state.map("limit")).isEmpty();
        assertThat(state.map("rateLimit")).isEmpty();
    }

    @Test
    void beyondTheLimitOfAKeyAPersonIsAsked() {
        Limit two = new Limit(2, HOUR, ".k");
        assertThat(exceeded("a", two, NOON)).isFalse();
        assertThat(exceeded("a", two, NOON.plusSeconds(10))).isFalse();
        assertThat(exceeded("a", two, NOON.plusSeconds(20))).isTrue();
        assertThat(exceeded("b", two, NOON.plusSeconds(20))).isFalse();
        // The first is an hour old; the one that was held does not count.
        assertThat(exceeded("a", two, NOON.plus(HOUR))).isFalse();
        assertThat(exceeded("a", two, NOON.plus(HOUR).plusSeconds(5))).isTrue();
    }

    @Test
    void sensorsAreCountedApart() {
        Limit one = new Limit(1, HOUR, null);
        assertThat(limits.take("s", start(null, one, null), NOON).exceeded()).isFalse();
        assertThat(limits.take("other", start(null, one, null), NOON).exceeded()).isFalse();
        assertThat(limits.take("s", start(null, one, null), NOON).exceeded()).isTrue();
    }

    @Test
    void beyondTheRateStartsWaitForTheirTurn() {
        RateLimit two = new RateLimit(2, Duration.ofSeconds(60));
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            delays.add(limits.take("s", start(null, null, two), NOON.plusSeconds(i)).delay());
        }
        assertThat(delays)
                .containsExactly(
                        Duration.ZERO, Duration.ZERO, Duration.ofSeconds(58), Duration.ofSeconds(58), Duration.ofSeconds(116));
    }

    /** Whatever comes: in no window of a period begin more than the rate, and the order of the events is kept. */
    @Test
    void noWindowHasMoreThanTheRate() {
        Random random = new Random(1);
        RateLimit rate = new RateLimit(3, Duration.ofSeconds(10));
        List<Instant> begins = new ArrayList<>();
        Instant now = NOON;
        for (int i = 0; i < 500; i++) {
            now = now.plusMillis(random.nextInt(5_000));
            begins.add(now.plus(limits.take("s", start(null, null, rate), now).delay()));
        }
        assertThat(begins).isSorted();
        for (int i = 3; i < begins.size(); i++) {
            assertThat(Duration.between(begins.get(i - 3), begins.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatCountsNoMoreIsForgotten() {
        limits.take("s", start("a", new Limit(1, HOUR, ".k"), null), NOON);
        limits.take("s", start("b", new Limit(1, HOUR, ".k"), null), NOON.plusSeconds(60));

        limits.prune(NOON.plus(HOUR), HOUR);

        assertThat(state.map("limit")).hasSize(1);
        assertThat(exceeded("b", new Limit(1, HOUR, ".k"), NOON.plus(HOUR))).isTrue();
    }

    private boolean exceeded(String key, Limit limit, Instant now) {
        return limits.take("s", start(key, limit, null), now).exceeded();
    }

    private static Start start(String key, Limit limit, RateLimit rate) {
        return new Start("job", Map.of(), 0, new Start.Keys(null, null, key), new StartRules(null, null, limit, null, null, rate, false));
    }
}
