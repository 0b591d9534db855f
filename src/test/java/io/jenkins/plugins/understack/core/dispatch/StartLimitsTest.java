package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.dispatch.StartLimits.Count;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Turn;
import io.jenkins.plugins.understack.core.dispatch.StartLimits.Window;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.sensor.StartRules.Limit;
import io.jenkins.plugins.understack.core.sensor.StartRules.RateLimit;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartLimitsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private StateStore state;
    private StartLimits limits;

    StateStore open() {
        return new MemoryStateStore();
    }

    @BeforeEach
    void start() {
        state = open();
        limits = new StartLimits(state);
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void withoutARuleNothingIsKept() {
        assertThat(take("s", start(null, null, null), NOON)).isEqualTo(new Turn(false, Duration.ZERO, Count.NONE, List.of()));
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
        assertThat(take("s", start(null, one, null), NOON).exceeded()).isFalse();
        assertThat(take("other", start(null, one, null), NOON).exceeded()).isFalse();
        assertThat(take("s", start(null, one, null), NOON).exceeded()).isTrue();
    }

    @Test
    void whatWasNotCountedDoesNotCount() {
        Start start = start("a", new Limit(1, HOUR, ".k"), new RateLimit(1, HOUR));
        limits.look("s", start, NOON).turn(List.of());

        Turn turn = take("s", start, NOON);
        assertThat(turn.exceeded()).isFalse();
        assertThat(turn.delay()).isZero();
    }

    @Test
    void aReplacementIsCountedInPlaceOfWhatItReplaces() {
        Limit one = new Limit(1, HOUR, ".k");
        Count first = take("s", start("a", one, null), NOON).count();

        Turn second = take("s", start("a", one, null), NOON.plusSeconds(60), first);
        assertThat(second.exceeded()).isFalse();
        // Counted when it came.
        assertThat(exceeded("a", one, NOON.plus(HOUR).plusSeconds(30))).isTrue();

        // One of another key gives the place back too.
        assertThat(take("s", start("b", one, null), NOON.plusSeconds(70), second.count()).exceeded()).isFalse();
        assertThat(exceeded("a", one, NOON.plusSeconds(80))).isFalse();
        assertThat(exceeded("b", one, NOON.plusSeconds(80))).isTrue();
    }

    @Test
    void beyondTheRateStartsWaitForTheirTurn() {
        RateLimit two = new RateLimit(2, Duration.ofSeconds(60));
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            delays.add(take("s", start(null, null, two), NOON.plusSeconds(i)).delay());
        }
        assertThat(delays)
                .containsExactly(
                        Duration.ZERO, Duration.ZERO, Duration.ofSeconds(58), Duration.ofSeconds(58), Duration.ofSeconds(116));
    }

    @Test
    void aReplacementTakesTheSlotOfWhatItReplaces() {
        Start start = start(null, null, new RateLimit(1, Duration.ofSeconds(60)));
        take("s", start, NOON);
        Turn waiting = take("s", start, NOON.plusSeconds(1));
        for (int i = 2; i < 60; i++) {
            waiting = take("s", start, NOON.plusSeconds(i), waiting.count());
            assertThat(waiting.delay()).isEqualTo(Duration.ofSeconds(60 - i));
        }
        // Its slot is a minute after the only one that was taken, however many events there were.
        assertThat(take("s", start, NOON.plusSeconds(60)).delay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(take("s", start, NOON.plusSeconds(70), waiting.count()).delay()).isZero();
    }

    @Test
    void ofSeveralSlotsTheFirstIsTakenAndTheOthersAreFree() {
        Start start = start(null, null, new RateLimit(1, Duration.ofSeconds(60)));
        take("s", start, NOON);
        Count second = take("s", start, NOON).count();
        Count third = take("s", start, NOON).count();

        assertThat(take("s", start, NOON, third, second).delay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(take("s", start, NOON).delay()).isEqualTo(Duration.ofSeconds(120));
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
            begins.add(now.plus(take("s", start(null, null, rate), now).delay()));
        }
        assertThat(begins).isSorted();
        for (int i = 3; i < begins.size(); i++) {
            assertThat(Duration.between(begins.get(i - 3), begins.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatCountsNoMoreIsForgotten() {
        Limit one = new Limit(1, HOUR, ".k");
        take("s", start("a", one, new RateLimit(1, HOUR)), NOON);
        take("s", start("b", one, null), NOON.plusSeconds(60));

        limits.prune(NOON.plus(HOUR), HOUR);

        assertThat(state.map("limit")).hasSize(1);
        assertThat(state.map("rateLimit")).isEmpty();
        assertThat(exceeded("b", one, NOON.plus(HOUR))).isTrue();
    }

    @Test
    void keysAreNotWrittenDown() {
        take("s", start("secret", new Limit(1, HOUR, ".k"), null), NOON);

        assertThat(state.map("limit").keySet()).singleElement().asString().doesNotContain("secret");
    }

    private boolean exceeded(String key, Limit limit, Instant now) {
        return take("s", start(key, limit, null), now).exceeded();
    }

    private Turn take(String sensor, Start start, Instant now, Count... replaced) {
        Window window = limits.look(sensor, start, now);
        Turn turn = window.turn(List.of(replaced));
        limits.count(window, turn);
        return turn;
    }

    private static Start start(String key, Limit limit, RateLimit rate) {
        return new Start("job", Map.of(), 0, new Start.Keys(null, null, key), new StartRules(null, null, limit, null, null, rate, false));
    }
}
