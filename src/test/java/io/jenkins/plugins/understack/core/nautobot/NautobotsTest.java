package io.jenkins.plugins.understack.core.nautobot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NautobotsTest {
    private final NautobotSettings usual = named("default");
    private final NautobotSettings lab = named("lab");
    private final NautobotSettings site = named("site");

    @Test
    void theOnlyOneOrTheDefaultOrTheNamedOne() throws Exception {
        assertThat(new Nautobots(List.of(lab)).pick(null)).isEqualTo(lab);
        assertThat(new Nautobots(List.of(lab, usual)).pick(" ")).isEqualTo(usual);
        assertThat(new Nautobots(List.of(lab, usual)).pick("lab")).isEqualTo(lab);
        assertThat(named(null).name()).isEqualTo("default");
    }

    @Test
    void whatCannotBeChosenIsRefused() {
        assertThatThrownBy(() -> Nautobots.NONE.pick(null)).hasMessageStartingWith("no Nautobot is configured");
        assertThatThrownBy(() -> new Nautobots(List.of(lab)).pick("site"))
                .hasMessage("nautobot: \"site\" is not configured; expected one of [lab]");
        assertThatThrownBy(() -> new Nautobots(List.of(lab, site)).pick(null))
                .hasMessage("nautobot: is not given and no Nautobot is named \"default\"; expected one of [lab, site]");
        assertThatThrownBy(() -> new Nautobots(List.of(lab, lab))).hasMessageStartingWith("nautobots: \"lab\" occurs twice");
    }

    private static NautobotSettings named(String name) {
        return new NautobotSettings(name, "https://nautobot.example.com", "token", null, null);
    }
}
