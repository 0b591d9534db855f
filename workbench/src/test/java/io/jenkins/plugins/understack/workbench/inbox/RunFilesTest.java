package io.jenkins.plugins.understack.workbench.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final RunFile RUN = new RunFile("1-0", "logNode-bcdfg", "logNode", "logs", "id-1", RunFile.RUNNING, NOW, null);

    @TempDir
    Path folder;

    @Test
    void aRunIsBegunOnce() throws Exception {
        RunFiles files = new RunFiles(folder);
        assertThat(files.find("1-0")).isEmpty();
        files.begin(RUN);
        assertThatThrownBy(() -> files.begin(RUN)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(new RunFiles(folder).find("1-0")).contains(RUN);
        RunFile ended = RUN.ended("Succeeded", NOW.plusSeconds(3));
        files.end(ended);
        assertThat(files.find("1-0")).contains(ended);
    }

    @Test
    void whatWasCutOffExistsAndSaysSo() throws Exception {
        RunFiles files = new RunFiles(folder);
        files.begin(RUN);
        files.begin(new RunFile("1-1", "other-bcdfg", "other", "logs", "id-1", "Failed", NOW, NOW));
        Files.createFile(folder.resolve("1-2.json"));
        files.interruptAll(NOW.plusSeconds(9));
        assertThat(files.find("1-0")).contains(RUN.ended(RunFile.INTERRUPTED, NOW.plusSeconds(9)));
        assertThat(files.find("1-1").orElseThrow().state()).isEqualTo("Failed");
        assertThat(files.find("1-2").orElseThrow().state()).isEqualTo(RunFile.INTERRUPTED);
    }

    @Test
    void oldRunsGoUnlessTheyRunOrTheInboxAsksForThem() throws Exception {
        RunFiles files = new RunFiles(folder);
        for (String start : new String[] {"1-0", "1-1", "1-2", "1-3"}) {
            Instant ended = start.equals("1-1") ? null : NOW;
            files.begin(new RunFile(start, "x", "x", "s", "e", "Succeeded", NOW, ended));
            Files.setLastModifiedTime(folder.resolve(start + ".json"), FileTime.from(start.equals("1-3") ? NOW : NOW.minusSeconds(61)));
        }
        files.prune(NOW, Duration.ofMinutes(1), start -> start.equals("1-2"));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("1-1.json", "1-2.json", "1-3.json");
    }
}
