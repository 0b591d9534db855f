package io.jenkins.plugins.understack.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While entries come and go the file is compacted all the time, and it is whole at any moment: what a kill -9 leaves behind is the file
 * as it is then.
 */
class CompactionTest {
    @TempDir
    Path folder;

    private final Map<String, Map<String, String>> expected = new HashMap<>();
    private final Random random = new Random(1);
    private long written;

    /** Each copy is opened as after a crash and each entry of it compared; where space is used again at once, and as it is every day. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void eachEntryIsThereInEachCopyOfTheOpenFileAndAfterTheEnd(long retention) throws Exception {
        try (StateStore store = open("", "state.mv", Duration.ofMillis(retention))) {
            for (int write = 0; write < 400; write++) {
                write(store, write, 20, 2_000, 1_000);
                if (write % 100 == 99) {
                    compareCopy(write);
                }
            }
        }
        compare("state.mv");
        if (retention == 0) {
            assertThat(Files.size(folder.resolve("state.mv"))).as("so that most of it was used again").isLessThan(written);
        }
    }

    /** What failed is undone, on disk too, whatever was being moved. */
    @Test
    void alsoWhereTheDiskFailsNowAndThen() throws Exception {
        FaultyFiles.install();
        try (StateStore store = open(FaultyFiles.SCHEME, "state.mv", Duration.ZERO)) {
            int failures = 0;
            for (int write = 0; write < 400; write++) {
                if (write % 23 == 22) {
                    FaultyFiles.FAULT.set(FaultyFiles.Fault.FULL);
                }
                try {
                    write(store, write, 3, 60, 100_000);
                } catch (CompletionException e) {
                    failures++;
                }
                FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
                if (write % 100 == 99) {
                    compareCopy(write);
                }
            }
            assertThat(failures).isBetween(17, 40);
        }
        compare("state.mv");
        assertThat(Files.size(folder.resolve("state.mv"))).isLessThan(written / 3);
    }

    /** When the disk is there again, nobody may have asked yet for a map that most of the file is of. */
    @Test
    void allMapsAreOpenFromTheBeginningSinceOthersAreNotMoved() {
        try (StateStore store = open("", "state.mv", Duration.ZERO)) {
            store.map("one").put("a", "1");
            store.map("two").put("a", "1");
            store.save();
        }
        Path file = folder.resolve("state.mv");
        MvFile opener = new MvFile("", Duration.ZERO, file, Clock.systemUTC());
        for (int time = 0; time < 2; time++) {
            try (MVStore store = opener.open()) {
                assertThat(IntStream.range(0, 20).filter(id -> store.getMap(id) != null)).as("time %d", time).hasSize(2);
            }
        }
    }

    /** Some that are new, in order, and something random that finds them; the oldest go. */
    private void write(StateStore store, int write, int some, int kept, int length) {
        Map<String, Map<String, String>> after = new HashMap<>();
        for (String map : List.of("events", "identities")) {
            after.put(map, new TreeMap<>(expected.getOrDefault(map, Map.of())));
        }
        TreeMap<String, String> events = (TreeMap<String, String>) after.get("events");
        Map<String, Map<String, String>> changes = Map.of("events", new TreeMap<>(), "identities", new TreeMap<>());
        for (int i = 0; i < some; i++) {
            String identity = Long.toHexString(random.nextLong());
            String number = String.format("%08d", write * some + i);
            changes.get("events").put(number, identity + " " + "x".repeat(length / 2 + random.nextInt(length)));
            changes.get("identities").put(identity, number);
        }
        changes.forEach((map, entries) -> after.get(map).putAll(entries));
        Map<String, String> gone = new TreeMap<>();
        while (events.size() > kept) {
            String value = events.pollFirstEntry().getValue();
            String identity = value.substring(0, value.indexOf(' '));
            gone.put(after.get("identities").remove(identity), identity);
        }
        store.write(() -> {
                    changes.forEach((map, entries) -> store.map(map).putAll(entries));
                    gone.forEach((number, identity) -> {
                        store.map("events").remove(number);
                        store.map("identities").remove(identity);
                    });
                })
                .join();
        expected.putAll(after);
        written += (long) some * length;
    }

    private void compareCopy(int write) throws Exception {
        String name = "copy-" + write + ".mv";
        Files.copy(folder.resolve("state.mv"), folder.resolve(name));
        compare(name);
        Files.delete(folder.resolve(name));
    }

    private void compare(String name) throws Exception {
        try (StateStore copy = open("", name, MvFile.RETENTION)) {
            expected.forEach((map, entries) -> assertThat(copy.map(map)).as("%s of %s", map, name).isEqualTo(entries));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(file -> file.contains(".damaged-"));
        }
    }

    private StateStore open(String scheme, String name, Duration retention) {
        Path file = folder.resolve(name);
        return new FileStateStore(file, new MvFile(scheme, retention, file, Clock.systemUTC()));
    }
}
