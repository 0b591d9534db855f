package io.jenkins.plugins.understack.workbench.cps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.obm.AttemptBudget;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.redfish.NotYetException;
import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.core.state.StateStore;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFileTest {
    private static final ObmCredential WRONG = new ObmCredential("root", "wrong");

    @TempDir
    private Path temp;

    @Test
    void commandsThatRunAtTheSameTimeOrOneAfterTheOtherCountTogether() throws Exception {
        Map<String, String> user = Map.of("HOME", temp.toString());
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            AttemptBudget one = new AttemptBudget(AttemptFile.of(user), test.clock);
            AttemptBudget other = new AttemptBudget(AttemptFile.of(user), test.clock);
            assertThatThrownBy(() -> one.login(test.client(), WRONG)).isInstanceOf(RedfishException.class);
            assertThatThrownBy(() -> other.login(test.client(), WRONG)).isInstanceOf(RedfishException.class);
            assertThatThrownBy(() -> one.login(test.client(), WRONG)).isInstanceOf(NotYetException.class);
            AttemptBudget next = new AttemptBudget(AttemptFile.of(user), test.clock);
            assertThatThrownBy(() -> next.login(test.client(), WRONG)).isInstanceOf(NotYetException.class);
            assertThat(test.bmc.lockOuts()).isZero();

            test.sleep(Duration.ofSeconds(60));
            next.login(test.client(), new ObmCredential("root", "calvin")).close();
            assertThat(Files.readAllLines(temp.resolve(".local/state/understack/bmc-log-ins.properties"))).allMatch(line -> line.startsWith("#"));
        }
    }

    @Test
    void noChangeIsLost() throws Exception {
        Path file = temp.resolve("new").resolve("file");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StateStore store = new AttemptFile(file);
            threads.add(new Thread(() -> {
                for (int n = 0; n < 20; n++) {
                    store.save(() -> store.map("x").merge("count", "1", (old, one) -> String.valueOf(Integer.parseInt(old) + 1)));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        StateStore store = new AttemptFile(file);
        store.save();
        assertThat(store.map("x")).containsEntry("count", "160");
    }

    @Test
    void whereNothingCanBeCountedNothingIsTried() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        try (TestBmc test = new TestBmc(BmcKind.IDRAC)) {
            AttemptBudget budget = new AttemptBudget(AttemptFile.of(Map.of("XDG_STATE_HOME", file.toString())), test.clock);
            assertThatThrownBy(() -> budget.login(test.client(), WRONG))
                    .hasMessageContaining("bmc-log-ins.properties cannot be used: ")
                    .hasMessageContaining("log-ins to BMCs are counted there");
            assertThat(test.bmc.writes()).isEmpty();
        }
        assertThat(AttemptFile.of(Map.of())).isInstanceOf(MemoryStateStore.class);
    }
}
