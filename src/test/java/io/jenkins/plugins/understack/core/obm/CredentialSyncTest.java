package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.redfish.RedfishException;
import io.jenkins.plugins.understack.core.redfish.TestBmc;
import io.jenkins.plugins.understack.core.state.MemoryStateStore;
import io.jenkins.plugins.understack.workbench.simulator.BmcKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.BeforeEach;

/** Scenario S26: the letters are its own. */
class CredentialSyncTest {
    private static final String STANDARD = "M5CacBLC/4eVuaTmoH8v";
    private static final String OLD = "0ld-s3cret";
    private static final String LOGIN = "POST /redfish/v1/SessionService/Sessions 201";
    private static final String MISS = "POST /redfish/v1/SessionService/Sessions 401";
    private static final String CHANGE = "PATCH /redfish/v1/AccountService/Accounts/1 200";
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final List<String> log = new ArrayList<>();
    private TestBmc test;
    private AttemptBudget budget;

    @BeforeEach
    void start() throws Exception {
        test = new TestBmc(BmcKind.IDRAC);
        budget = new AttemptBudget(new MemoryStateStore(), test.clock);
    }

    /** Whatever happened: no session is left open, nobody was locked out, and no password was told. */
    @AfterEach
    void stop() {
        test.close();
        assertThat(test.bmc.openSessions()).isZero();
        assertThat(test.bmc.lockOuts()).isZero();
        assertThat(String.join("\n", log)).doesNotContain(STANDARD, OLD, "calvin");
    }

    @Test
    void a_theStandardPasswordWorks() throws Exception {
        test.bmc.account("root", STANDARD);

        assertThat(run()).isEqualTo(new SyncResult(CandidateKind.STANDARD, false));
        assertThat(test.bmc.writes()).containsExactly(LOGIN, logout(7));
        assertThat(test.sleeps).isEmpty();
    }

    @Test
    void b_theOldPasswordWorks() throws Exception {
        test.bmc.account("root", OLD);

        assertThat(run()).isEqualTo(new SyncResult(CandidateKind.OLD, true));
        assertThat(test.bmc.writes()).containsExactly(MISS, LOGIN, CHANGE, logout(7), LOGIN, logout(8));
        assertThat(test.sleeps).isEmpty();
        assertThat(test.bmc.accepts("root", STANDARD)).isTrue();
    }

    @Test
    void c_theThirdFactoryPasswordWorks() throws Exception {
        test.bmc.account("root", "calvin1");

        assertThat(run()).isEqualTo(new SyncResult(CandidateKind.FACTORY, true));
        assertThat(test.bmc.writes()).containsExactly(MISS, MISS, MISS, MISS, LOGIN, CHANGE, logout(7), LOGIN, logout(8));
        assertThat(test.sleeps).isEqualTo(Collections.nCopies(3, MINUTE));
    }

    @Test
    void d_noneWorks() {
        test.bmc.account("root", "another");

        assertThatThrownBy(this::run)
                .isInstanceOf(RedfishException.class)
                .hasMessageContaining("none of 6 passwords of root is accepted: standard: status 401; old: status 401;"
                        + " factory: status 401; factory: status 401; factory: status 401; factory: status 401.")
                .message()
                .doesNotContain(STANDARD, OLD, "calvin");
        assertThat(test.bmc.writes()).isEqualTo(Collections.nCopies(6, MISS));
        assertThat(test.sleeps).isEqualTo(Collections.nCopies(4, MINUTE));
    }

    @Test
    void d_emptyAndRepeatedPasswordsAreNotTried() {
        test.bmc.account("root", "another");

        assertThatThrownBy(() -> sync("calvin", "calvincalvin", false).run(test.clock, test::sleep))
                .hasMessageContaining("none of 4 passwords of root is accepted: standard: status 401; old: status 401; factory: ");
        test.pass(Duration.ofMinutes(10));
        assertThatThrownBy(() -> sync(STANDARD, "", false).run(test.clock, test::sleep)).hasMessageContaining("none of 5 passwords");
    }

    @Test
    void e_logsOutWhereTheLocationLeads() throws Exception {
        test.bmc.sessionOnlyInLocation();
        test.bmc.account("root", STANDARD);

        run();

        assertThat(test.bmc.writes()).containsExactly(LOGIN, logout(7));
    }

    @Test
    void f_noSuchAccount() {
        test.bmc.change("/redfish/v1/AccountService/Accounts/1", json("{\"UserName\": \"Root\"}"));

        assertThatThrownBy(this::run).hasMessageContaining("has no account \"root\"; its password was not changed");
        assertThat(test.bmc.writes()).containsExactly(MISS, MISS, LOGIN, logout(7));
    }

    @Test
    void g_twoBuildsShareTheBudget() throws Exception {
        test.bmc.account("root", "another");
        CredentialSync one = sync(STANDARD, OLD, false);
        CredentialSync other = sync(STANDARD, OLD, false);

        SyncProgress first = one.advance(SyncProgress.begin());
        SyncProgress second = other.advance(SyncProgress.begin());

        assertThat(first.failures()).hasSize(2);
        assertThat(second.failures()).isEmpty();
        assertThat(second.notBeforeMillis()).isEqualTo(TestBmc.NOON.plusSeconds(60).toEpochMilli());
        assertThat(test.bmc.writes()).containsExactly(MISS, MISS);
        test.pass(MINUTE);
        assertThat(other.advance(second).failures()).hasSize(1);
        assertThat(one.advance(first).notBeforeMillis()).isEqualTo(TestBmc.NOON.plusSeconds(120).toEpochMilli());
        assertThat(test.bmc.writes()).hasSize(3);
    }

    @Test
    void h_theBmcRefusesThePassword() {
        test.bmc.refuseChanges("The value " + STANDARD + " is too short.");
        test.bmc.account("root", OLD);

        assertThatThrownBy(this::run)
                .hasMessageEndingWith("PATCH /redfish/v1/AccountService/Accounts/1: status 400: Base.1.12.GeneralError");
        assertThat(test.bmc.writes()).containsExactly(MISS, LOGIN, CHANGE.replace("200", "400"), logout(7));
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        assertThat(sync(STANDARD, OLD, true).run(test.clock, test::sleep)).isEqualTo(new SyncResult(CandidateKind.FACTORY, false));
        assertThat(test.bmc.writes()).containsExactly(MISS, MISS, LOGIN, logout(7));
        assertThat(test.bmc.accepts("root", "calvin")).isTrue();
    }

    @Test
    void waitsForABmcThatStarts() throws Exception {
        test.bmc.busy(true);
        SyncProgress progress = sync(STANDARD, OLD, false).advance(SyncProgress.begin());

        assertThat(progress.why()).contains("status 503");
        assertThat(test.bmc.writes()).isEmpty();
        test.bmc.busy(false);
        assertThat(sync(STANDARD, OLD, false).advance(progress).failures()).hasSize(2);
    }

    @Test
    void goesOnAfterARestartOfTheProcess() throws Exception {
        SyncProgress progress = sync(STANDARD, OLD, false).advance(SyncProgress.begin());
        String stored = progress.toText();
        assertThat(stored).doesNotContain(STANDARD, OLD, "calvin");
        assertThat(SyncProgress.of(stored)).isEqualTo(progress);
        // Died after it had changed the password and before that was stored.
        test.bmc.account("root", STANDARD);
        test.pass(MINUTE);

        SyncProgress end = sync(STANDARD, OLD, false).advance(SyncProgress.of(stored).afterRestart());

        assertThat(end.result()).isEqualTo(new SyncResult(CandidateKind.STANDARD, false));
        assertThat(SyncProgress.of(end.toText()).isDone()).isTrue();
    }

    @Test
    void goesOnWithTheNextCandidateAfterARestart() throws Exception {
        SyncProgress progress = SyncProgress.of(sync(STANDARD, OLD, false).advance(SyncProgress.begin()).toText()).afterRestart();
        test.pass(MINUTE);
        progress = sync(STANDARD, OLD, false).advance(progress);
        assertThat(progress.failures()).containsExactly("standard: status 401", "old: status 401", "standard: status 401");
        test.pass(MINUTE);

        assertThat(sync(STANDARD, OLD, false).advance(progress).result()).isEqualTo(new SyncResult(CandidateKind.FACTORY, true));
    }

    private SyncResult run() throws Exception {
        return sync(STANDARD, OLD, false).run(test.clock, test::sleep);
    }

    private CredentialSync sync(String standard, String old, boolean dryRun) {
        return new CredentialSync(test.client(), budget, new ObmCredential("root", standard), old, dryRun, log::add);
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return io.jenkins.plugins.understack.core.event.Json.parse(text);
        } catch (io.jenkins.plugins.understack.core.event.MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String logout(int session) {
        return "DELETE /redfish/v1/SessionService/Sessions/" + session + " 204";
    }
}
