package io.jenkins.plugins.understack.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnderstackTest {
    @Test
    void helpNamesEveryCommand() {
        CommandLineRun help = CommandLineRun.of(Map.of(), "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("demo ", "run ", "explain ", "submit ", "check ").doesNotContain("\u001b");
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(CommandLineRun.of(Map.of(), "--version").out()).matches("understack \\d\\S* \\(Java \\S+\\)\\s*");
    }

    @Test
    void wrongUsageIsOneLine() {
        CommandLineRun wrong = CommandLineRun.of(Map.of(), "explain", "--confg", "x");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("understack: ").endsWith("; see understack explain --help\n").hasLineCount(1);
    }
}
