package io.jenkins.plugins.understack.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {
    @TempDir
    Path folder;

    @Test
    void whatWasSavedIsThereAgain() {
        try (StateStore store = open()) {
            store.map("one").put("a", "1");
            store.map("two").put("a", "2");
            store.save();
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsEntry("a", "1").hasSize(1);
            assertThat(store.map("two")).containsEntry("a", "2");
        }
    }

    /** What a kill -9 leaves behind is the file as it is at that moment. */
    @Test
    void aCopyOfTheOpenFileHasAllThatWasSaved() throws Exception {
        try (StateStore store = open()) {
            store.map("one").put("saved", "1");
            store.save();
            store.map("one").put("not saved", "2");
            Files.copy(folder.resolve("state.mv"), folder.resolve("copy.mv"));
        }
        try (StateStore copy = new FileStateStore(folder.resolve("copy.mv"), Clock.systemUTC())) {
            assertThat(copy.map("one")).containsOnlyKeys("saved");
        }
    }

    @Test
    void aDamagedFileIsMovedAside() throws Exception {
        Files.writeString(folder.resolve("state.mv"), "x".repeat(20_000));

        try (StateStore store = open()) {
            store.map("one").put("a", "1");
            store.save();
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .anyMatch(name -> name.startsWith("state.mv.damaged-"));
        }
    }

    @Test
    void aFileInUseIsAnErrorThatNamesIt() {
        try (StateStore store = open(); StateStore other = open()) {
            store.map("one").put("a", "1");

            assertThatThrownBy(() -> other.map("one").get("a"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("state.mv cannot be opened");
        }
    }

    @Test
    void aLostEndOfTheFileCostsTheEndOnly() throws Exception {
        try (StateStore store = open()) {
            store.map("one").put("a", "1");
            store.save();
        }
        long whole = Files.size(folder.resolve("state.mv"));
        try (StateStore store = open()) {
            for (int i = 0; i < 100; i++) {
                store.map("one").put("b" + i, "x".repeat(1_000));
                store.save();
            }
        }
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("state.mv").toFile(), "rw")) {
            file.setLength(Math.max(whole, file.length() - 5_000));
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsEntry("a", "1");
        }
    }

    @Test
    void whatIsPutAndRemovedForEverDoesNotGrowTheFile() throws Exception {
        try (StateStore store = open()) {
            for (int i = 0; i < 3_000; i++) {
                store.map("one").put("a" + i, "x".repeat(1_000));
                store.map("one").remove("a" + (i - 10));
                store.save();
            }
            assertThat(Files.size(folder.resolve("state.mv"))).isLessThan(4_000_000);
        }
    }

    private StateStore open() {
        return new FileStateStore(folder.resolve("state.mv"), Clock.systemUTC());
    }
}
