package io.jenkins.plugins.understack.core.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With work that cannot be stopped, which no program of JqProgramTest is. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JqThreadsTest {
    private static final List<JsonNode> YES = List.of(BooleanNode.TRUE);

    private final JqThreads threads = new JqThreads(2, Duration.ofMillis(100));
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void release() {
        end.countDown();
    }

    @Test
    void abandonedWorkKeepsItsProgramOutUntilItEnds() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> threads.run("bad", new Semaphore(1), () -> hang(begun))).hasMessage("took longer than 100 ms");
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> threads.run("bad", new Semaphore(1), () -> hang(begun)))
                    .hasMessageStartingWith("still busy since ")
                    .isInstanceOf(JsonQueryException.class);
        }
        assertThat(begun).hasValue(1);
        assertThat(threads.run("good", new Semaphore(1), JqThreadsTest::quick)).isEqualTo(YES);

        end.countDown();
        while (threads.running() > 0) {
            Thread.sleep(5);
        }
        assertThat(threads.run("bad", new Semaphore(1), JqThreadsTest::quick)).isEqualTo(YES);
    }

    @Test
    void callersOfOneProgramTakeTurns() throws Exception {
        Semaphore turn = new Semaphore(1);
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> threads.run("bad", turn, () -> hang(begun))).hasMessage("took longer than 100 ms");
        assertThatThrownBy(() -> threads.run("the same, not yet known as bad", turn, () -> hang(begun)))
                .hasMessage("waited longer than 100 ms for another evaluation of the same program");
        assertThat(begun).hasValue(1);
    }

    @Test
    void threadsAreFew() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        for (String bad : new String[] {"bad 1", "bad 2"}) {
            assertThatThrownBy(() -> threads.run(bad, new Semaphore(1), () -> hang(begun))).hasMessage("took longer than 100 ms");
        }
        assertThatThrownBy(() -> threads.run("third", new Semaphore(1), JqThreadsTest::quick))
                .hasMessage("waited longer than 100 ms for one of 2 threads, which other programs keep busy");
    }

    @Test
    void anErrorOfTheMachineIsOneOfTheEvaluation() {
        assertThatThrownBy(() -> threads.run("a", new Semaphore(1), () -> {
                    throw new OutOfMemoryError("test");
                }))
                .isInstanceOf(JsonQueryException.class)
                .hasMessage("needs more memory than there is");
        assertThatThrownBy(() -> threads.run("b", new Semaphore(1), () -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(JsonQueryException.class)
                .hasMessage("it recurses too deeply");
    }

    /** Consumers are interrupted when their source is stopped; the event that they have in hand is still decided on. */
    @Test
    void anInterruptedCallerGetsItsResultAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        assertThat(threads.run("good", new Semaphore(1), JqThreadsTest::quick)).isEqualTo(YES);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<JsonNode> quick() {
        return YES;
    }

    private List<JsonNode> hang(AtomicInteger begun) {
        begun.incrementAndGet();
        while (true) {
            try {
                end.await();
                return YES;
            } catch (InterruptedException e) {
                // As work without any hook does: goes on.
            }
        }
    }
}
