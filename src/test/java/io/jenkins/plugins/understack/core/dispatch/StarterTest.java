package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.inbox.Outcome;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import io.jenkins.plugins.understack.core.sensor.Start;
import io.jenkins.plugins.understack.core.sensor.StartRules;
import io.jenkins.plugins.understack.core.source.TooManyEventsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order, the limits and the restarts of starts. */
class StarterTest extends StarterBed {
    @Test
    void startsInTheOrderOfEvents() {
        for (int i = 0; i < 5; i++) {
            put("" + i);
        }

        assertThat(step()).containsExactly("0", "1", "2", "3", "4");
        assertThat(step()).isEmpty();
        assertThat(starter.inFlight("source")).isEqualTo(5);
    }

    @Test
    void aStartIsSettledWhenItsRunExistsAndFliesUntilItEnds() {
        put("1");
        String id = idOf("1");
        step();
        assertThat(inbox.reader().pendingCount()).isEqualTo(1);

        starter.started(id, "job#1");

        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(inbox.reader().outcomesOf(id.substring(0, 16))).singleElement().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STARTED);
            assertThat(outcome.detail()).isEqualTo("job#1");
        });
        assertThat(starter.inFlight("source")).isEqualTo(1);
        starter.finished(id);
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void noMoreOfASensorAtOnceThanItsLimit() {
        sensorLimit = 2;
        for (int i = 0; i < 4; i++) {
            put("" + i);
        }
        put("other", "t", (String) null);
        String first = idOf("0");

        assertThat(step()).containsExactly("0", "other", "1");
        starter.started(first, "job#1");
        assertThat(step()).isEmpty();
        starter.finished(first);
        assertThat(step()).containsExactly("2");
    }

    @Test
    void aTriggerAndASensorOfTheSameNameAreLimitedApart() {
        sensorLimit = 1;
        Start ofTrigger = new Start("s", Map.of(), 0, Start.Keys.NONE, StartRules.NONE, true);
        put("central", "s", (String) null);
        put("trigger", "s", ofTrigger);
        put("next", "s", ofTrigger);

        assertThat(step()).containsExactly("central", "trigger");
    }

    @Test
    void aSourceWithTooManyInFlightMustWait() throws Exception {
        sourceLimit = 2;
        put("0");
        put("1");
        Event event = new Event("2", "source", "event", "amqp", "type", NOON, JsonNodeFactory.instance.objectNode());

        assertThatThrownBy(() -> starter.check(event))
                .isInstanceOf(TooManyEventsException.class)
                .hasMessage("2 starts of source \"source\" are in flight; expected fewer than 2");
        step();
        String first = idOf("0");
        starter.started(first, "job#1");
        starter.finished(first);
        starter.check(event);
    }

    @Test
    void afterARestartWhatExistsIsNotStartedAgain() {
        put("run");
        put("ran");
        put("queued");
        put("lost");
        found.put("run", new StartOutcome.Started("job#1", true));
        found.put("ran", new StartOutcome.Started("job#2", false));
        found.put("queued", new StartOutcome.Queued());

        starter = open();

        assertThat(step()).containsExactly("lost");
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::eventId).containsExactly("queued", "lost");
        assertThat(starter.inFlight("source")).isEqualTo(3);
    }

    @Test
    void whatHasGoneFromTheQueueWithoutARunIsTriedAgain() {
        put("gone");
        put("waits");
        put("runs");
        step();
        found.put("waits", new StartOutcome.Queued());
        found.put("runs", new StartOutcome.Started("job#1", true));
        starter.lookAgain(Duration.ofMinutes(1));
        assertThat(step()).isEmpty();

        clock.pass(Duration.ofSeconds(61));
        starter.lookAgain(Duration.ofMinutes(1));

        assertThat(step()).containsExactly("gone");
        assertThat(starter.inFlight("source")).isEqualTo(3);
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::eventId).containsExactly("gone", "waits");
    }

    @Test
    void whatWasReplacedIsRecorded() {
        put("1");
        step();
        String id = idOf("1");

        starter.left(id, Outcome.Kind.REPLACED, "by event 2");

        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(inbox.reader().outcomesOf(id.substring(0, 16))).extracting(Outcome::kind).containsExactly(Outcome.Kind.REPLACED);
        assertThat(starter.inFlight("source")).isZero();
    }

    /** However long it takes: it may wait for a slot to run in. */
    @Test
    void whatIsBeingTriedIsNotLost() {
        answer = start -> {
            clock.pass(Duration.ofSeconds(61));
            starter.lookAgain(Duration.ofMinutes(1));
            return new StartOutcome.Queued();
        };
        put("1");

        assertThat(step()).containsExactly("1");
        assertThat(starter.inFlight("source")).isEqualTo(1);
    }
}
