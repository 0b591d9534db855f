package io.jenkins.plugins.understack.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.inbox.DeadLetter;
import io.jenkins.plugins.understack.core.inbox.PendingStart;
import io.jenkins.plugins.understack.core.inbox.TestInbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is refused, cannot be read or cannot be written. */
class StarterRetryTest extends StarterBed {
    @Test
    void whatIsRefusedIsTriedAgainWithGrowingWaitsAndEndsAsADeadLetter() {
        answer = start -> new StartOutcome.Later(RetryRule.VETOED, "a plugin has vetoed it");
        put("1");
        assertThat(step()).containsExactly("1");
        assertThat(TestInbox.pending(inbox).get(0).reason()).isEqualTo("a plugin has vetoed it");
        assertThat(pass(Duration.ofSeconds(4))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");
        assertThat(pass(Duration.ofSeconds(9))).isEmpty();
        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");

        int attempts = 3;
        while (inbox.reader().deadLetterCount() == 0) {
            attempts += pass(Duration.ofMinutes(5)).size();
            assertThat(attempts).isLessThan(100);
        }

        assertThat(attempts).isEqualTo(17);
        assertThat(inbox.reader().pendingCount()).isZero();
        assertThat(starter.inFlight("source")).isZero();
        assertThat(inbox.reader().deadLetters(null, 1)).singleElement().satisfies(letter -> {
            assertThat(letter.kind()).isEqualTo(DeadLetter.Kind.START);
            assertThat(letter.reason()).isEqualTo("a plugin has vetoed it");
            assertThat(letter.attempts()).isEqualTo(17);
        });
    }

    @Test
    void aStartThatCanNeverWorkIsADeadLetterAtOnce() {
        answer = start -> new StartOutcome.Refused("job", "does not exist");
        put("1");
        step();

        assertThat(inbox.reader().deadLetters(null, 1)).singleElement().extracting(DeadLetter::reason).isEqualTo("job: does not exist");
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void aMistakeIsTriedAgain() {
        answer = start -> {
            throw new IllegalStateException("a bug");
        };
        put("1");
        step();
        answer = start -> new StartOutcome.Queued();

        assertThat(pass(Duration.ofSeconds(1))).containsExactly("1");
    }

    @Test
    void ofOneKeyNothingPassesWhatIsTriedAgain() {
        answer = start -> start.eventId().equals("a1") ? new StartOutcome.Later(RetryRule.FAILED, "not now") : new StartOutcome.Queued();
        put("a1", "s", "a");
        put("a2", "s", "a");
        put("b1", "s", "b");
        assertThat(step()).containsExactly("a1", "b1");
        put("a3", "s", "a");
        assertThat(step()).isEmpty();

        assertThat(pass(Duration.ofSeconds(1))).containsExactly("a1");
        answer = start -> new StartOutcome.Queued();
        assertThat(pass(Duration.ofSeconds(2))).containsExactly("a1", "a2", "a3");
    }

    @Test
    void afterADeadLetterTheNextOfItsKeyGoes() {
        answer = start -> start.eventId().equals("a1") ? new StartOutcome.Refused("job", "no") : new StartOutcome.Queued();
        put("a1", "s", "a");
        put("a2", "s", "a");

        assertThat(step()).containsExactly("a1", "a2");
    }

    @Test
    void attemptsSurviveARestart() {
        answer = start -> new StartOutcome.Later(RetryRule.VETOED, "no");
        put("1");
        step();

        starter = open();

        assertThat(step()).isEmpty();
        assertThat(pass(Duration.ofSeconds(5))).containsExactly("1");
        assertThat(TestInbox.pending(inbox)).extracting(PendingStart::attempts).containsExactly(2);
    }

    @Test
    void aStartThatCannotBeReadIsTriedAgain() {
        put("a");
        store.readable = false;
        assertThat(step()).isEmpty();
        assertThat(starter.inFlight("source")).isEqualTo(1);
        store.readable = true;
        assertThat(pass(Duration.ofSeconds(6))).containsExactly("a");
    }

    @Test
    void aRefusalThatCannotBeWrittenIsComeBackTo() {
        put("a");
        answer = start -> new StartOutcome.Refused("job", "no such job");
        store.writable = false;
        assertThat(step()).containsExactly("a");
        assertThat(starter.inFlight("source")).isEqualTo(1);
        store.writable = true;
        assertThat(pass(Duration.ofSeconds(6))).containsExactly("a");
        assertThat(inbox.reader().deadLetters(null, 9)).extracting(DeadLetter::reason).containsExactly("job: no such job");
        assertThat(starter.inFlight("source")).isZero();
    }

    @Test
    void aStartWhoseEventIsLostIsADeadLetter() {
        put("a");
        store.memory.map("events").remove("0000000000000001");
        assertThat(step()).isEmpty();
        assertThat(TestInbox.pending(inbox)).isEmpty();
        assertThat(inbox.reader().deadLetters(null, 9))
                .extracting(DeadLetter::reason)
                .containsExactly("event: cannot be read from the inbox; perhaps its file was damaged");
    }

    @Test
    void whatIsFoundAgainDoesNotLetOthersPassOneThatIsTriedAgain() {
        put("a1", "s", "a");
        step();
        answer = start -> new StartOutcome.Later(RetryRule.NOT_READY, "not yet");
        put("a2", "s", "a");
        put("a3", "s", "a");
        assertThat(pass(Duration.ofSeconds(61))).containsExactly("a2");
        found.put("a1", new StartOutcome.Started("job#1", true));

        starter.lookAgain(Duration.ofMinutes(1));

        assertThat(step()).isEmpty();
        answer = start -> new StartOutcome.Queued();
        assertThat(pass(Duration.ofMinutes(1))).containsExactly("a2", "a3");
    }
}
