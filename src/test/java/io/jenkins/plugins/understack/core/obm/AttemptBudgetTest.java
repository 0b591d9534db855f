package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishClient;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.state.FileStateStore;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptBudgetTest {
    private static final ObmCredential WRONG = new ObmCredential("root", "wrong");
    private static final ObmCredential RIGHT = new ObmCredential("root", "calvin");

    private final StateStore store = new MemoryStateStore();
    private TestBmc test;

    @BeforeEach
    void start() throws Exception {
        test = new TestBmc(BmcKind.IDRAC);
    }

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void twoAtOnceThenAMinuteBeforeEach() throws Exception {
        AttemptBudget budget = new AttemptBudget(store, test.clock);
        miss(budget);
        miss(budget);
        for (int minute = 1; minute < 5; minute++) {
            assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(60L * minute));
            test.pass(Duration.ofSeconds(59));
            assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(60L * minute));
            test.pass(Duration.ofSeconds(1));
            miss(budget);
        }
        assertThat(test.bmc.lockOuts()).isZero();
        assertThat(test.bmc.writes()).hasSize(6);
    }

    @Test
    void aSuccessAndTenQuietMinutesBeginANewCount() throws Exception {
        AttemptBudget budget = new AttemptBudget(store, test.clock);
        miss(budget);
        budget.login(test.client(), RIGHT).close();
        assertThat(store.map("obm-attempts")).isEmpty();
        miss(budget);
        miss(budget);
        test.pass(Duration.ofMinutes(10));
        miss(budget);
        miss(budget);
        notBefore(budget);
        assertThat(test.bmc.lockOuts()).isZero();
    }

    /** Three failures from one address lock a BMC, whatever it was called. */
    @Test
    void namesOfOneBmcShare() throws Exception {
        BmcKeys keys = new BmcKeys(host -> InetAddress.getByName(host.equals("localhost") ? "127.0.0.1" : host));
        AttemptBudget budget = new AttemptBudget(store, test.clock, keys);
        String byName = test.bmc.url().replace("127.0.0.1", "LocalHost");
        for (String address : List.of(test.bmc.url(), byName)) {
            assertThatThrownBy(() -> budget.login(test.client(address), WRONG))
                    .isInstanceOfSatisfying(RedfishException.class, e -> assertThat(e.status()).isEqualTo(401));
        }
        assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(60));
        assertThatThrownBy(() -> budget.login(test.client(byName), RIGHT)).isInstanceOf(NotYetException.class);
        assertThat(test.bmc.writes()).hasSize(2);
        assertThat(store.map("obm-attempts")).hasSize(1);
    }

    @Test
    void isSharedAndSurvivesARestart(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("state");
        try (StateStore saved = new FileStateStore(file, test.clock)) {
            miss(new AttemptBudget(saved, test.clock));
            miss(new AttemptBudget(saved, test.clock));
        }
        try (StateStore saved = new FileStateStore(file, test.clock)) {
            AttemptBudget budget = new AttemptBudget(saved, test.clock);
            assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(60));
            test.pass(Duration.ofSeconds(60));
            budget.login(test.client(), RIGHT).close();
            assertThat(saved.map("obm-attempts")).isEmpty();
        }
    }

    @Test
    void anAttemptThatNeverEndedCountsAsAMissAndBlocksForAMinute() throws Exception {
        store.map("obm-attempts").put(test.client().bmc().name(), "2 " + TestBmc.NOON + " " + TestBmc.NOON.plusSeconds(60));
        AttemptBudget budget = new AttemptBudget(store, test.clock);

        assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(1));
        test.pass(Duration.ofSeconds(60));
        budget.login(test.client(), RIGHT).close();
    }

    @Test
    void aClockThatWasSetBackCostsAMinuteAtMost() throws Exception {
        store.map("obm-attempts").put(test.client().bmc().name(), "2 " + TestBmc.NOON.plus(Duration.ofDays(1)));

        AttemptBudget budget = new AttemptBudget(store, test.clock);
        assertThat(notBefore(budget)).isEqualTo(TestBmc.NOON.plusSeconds(60));
        test.pass(Duration.ofSeconds(60));
        budget.login(test.client(), RIGHT).close();
    }

    @Test
    void aBmcThatStartsOrIsAwayCostsNothing() throws Exception {
        AttemptBudget budget = new AttemptBudget(store, test.clock);
        test.bmc.busy(true);
        notBefore(budget);
        test.bmc.busy(false);
        RedfishClient client = test.client();
        client.root();
        test.bmc.busy(true);
        assertThatThrownBy(() -> budget.login(client, RIGHT)).isInstanceOf(NotYetException.class);
        test.bmc.close();
        assertThatThrownBy(() -> budget.login(test.client(), RIGHT)).hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> budget.login(client, RIGHT)).hasMessageContaining("cannot be reached");

        assertThat(store.map("obm-attempts")).isEmpty();
    }

    @Test
    void buildsTryOneAfterTheOther() throws Exception {
        AttemptBudget budget = new AttemptBudget(store, test.clock);
        CountDownLatch go = new CountDownLatch(1);
        List<String> ends = new CopyOnWriteArrayList<>();
        List<Thread> builds = new java.util.ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread build = new Thread(() -> {
                try {
                    go.await();
                    budget.login(test.client(), WRONG).close();
                } catch (NotYetException e) {
                    ends.add("later");
                } catch (RedfishException e) {
                    ends.add("missed");
                } catch (InterruptedException e) {
                    ends.add("interrupted");
                }
            });
            build.start();
            builds.add(build);
        }
        go.countDown();
        for (Thread build : builds) {
            build.join();
        }

        assertThat(ends).hasSize(8).containsOnly("later", "missed").filteredOn("missed"::equals).hasSizeBetween(1, 2);
        assertThat(test.bmc.writes()).hasSizeBetween(1, 2);
    }

    private void miss(AttemptBudget budget) {
        assertThatThrownBy(() -> budget.login(test.client(), WRONG))
                .isInstanceOfSatisfying(RedfishException.class, e -> assertThat(e.status()).isEqualTo(401));
    }

    private Instant notBefore(AttemptBudget budget) throws Exception {
        int asked = test.bmc.writes().size();
        try {
            budget.login(test.client(), RIGHT).close();
        } catch (NotYetException e) {
            assertThat(test.bmc.writes()).hasSize(asked);
            return e.notBefore();
        }
        throw new AssertionError("an attempt was made too early");
    }
}
