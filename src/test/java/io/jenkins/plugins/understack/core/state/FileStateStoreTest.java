package io.jenkins.plugins.understack.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void whatNobodyWaitsForIsWrittenWithWhatSomebodyWaitsForAndByItself() {
        try (StateStore store = open()) {
            CompletableFuture<Void> soon = store.writeSoon(() -> store.map("one").put("a", "1"));
            store.write(() -> store.map("one").put("b", "2")).join();
            assertThat(soon).isCompleted();

            store.writeSoon(() -> store.map("one").put("c", "3")).join();
            store.writeSoon(() -> store.map("one").put("d", "4"));
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsOnlyKeys("a", "b", "c", "d");
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
        try (StateStore store = open("", Duration.ZERO)) {
            for (int i = 0; i < 3_000; i++) {
                store.map("one").put("a" + i, "x".repeat(1_000));
                store.map("one").remove("a" + (i - 10));
                store.save();
            }
            assertThat(Files.size(folder.resolve("state.mv"))).isLessThan(4_000_000);
        }
    }

    /** As the inbox does it: what comes in order, is found by something random, and goes in order again; 20 events with each write. */
    @Test
    void theFileStaysWithinASmallMultipleOfWhatIsKeptHoweverMuchIsWritten() throws Exception {
        int kept = 3_000;
        long most = 0;
        Random random = new Random(1);
        try (StateStore store = open("", Duration.ZERO)) {
            StateMap events = store.map("events");
            StateMap identities = store.map("identities");
            for (int write = 0; write < 1_200; write++) {
                int first = write * 20;
                store.write(() -> {
                            for (int i = first; i < first + 20; i++) {
                                String identity = Long.toHexString(random.nextLong());
                                events.put(String.format("%08d", i), identity + " " + "x".repeat(1_000));
                                identities.put(identity, String.format("%08d", i));
                                String old = events.remove(String.format("%08d", i - kept));
                                if (old != null) {
                                    identities.remove(old.substring(0, old.indexOf(' ')));
                                }
                            }
                        })
                        .join();
                most = Math.max(most, Files.size(folder.resolve("state.mv")));
            }
            assertThat(events).hasSize(kept);
        }
        assertThat(most).as("bytes, with %d entries of 1 kB kept", kept).isLessThan(10_000_000);
    }

    @ParameterizedTest
    @EnumSource(value = FaultyFiles.Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whatCannotBeWrittenIsSaidAndUndoneAndLaterGoesOn(FaultyFiles.Fault fault) throws Exception {
        FaultyFiles.install();
        try (StateStore store = open(FaultyFiles.SCHEME, MvFile.RETENTION)) {
            store.map("one").put("a", "1");
            store.save();
            FaultyFiles.FAULT.set(fault);

            CompletableFuture<Void> written = store.write(() -> store.map("one").put("b", "x".repeat(10_000)));
            assertThatThrownBy(written::join).hasCauseInstanceOf(UncheckedIOException.class).hasMessageContaining("state.mv cannot be");
            assertThat(store.problem()).contains("state.mv cannot be");

            FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
            store.write(() -> store.map("one").put("c", "3")).join();
            assertThat(store.problem()).isNull();
            assertThat(store.map("one")).containsEntry("a", "1").containsEntry("c", "3");
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsEntry("a", "1").containsEntry("c", "3");
            if (fault != FaultyFiles.Fault.NO_SYNC) {
                assertThat(store.map("one")).doesNotContainKey("b");
            }
        }
        assertThat(damaged()).as("nothing of this says that the file is damaged").isEmpty();
    }

    /** The one thread that writes for all lives on. */
    @Test
    void whatFailsForWantOfMemoryIsSaidAndLaterGoesOn() throws Exception {
        FaultyFiles.install();
        try (StateStore store = open(FaultyFiles.SCHEME, MvFile.RETENTION)) {
            FaultyFiles.FAULT.set(FaultyFiles.Fault.NO_MEMORY);
            // It opens the file itself.
            assertThatThrownBy(() -> store.write(() -> {}).get(20, TimeUnit.SECONDS)).hasMessageContaining("state.mv cannot be");
            assertThat(store.problem()).contains("state.mv cannot be");

            FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
            store.write(() -> store.map("one").put("a", "1")).get(20, TimeUnit.SECONDS);
            assertThat(store.problem()).isNull();
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsOnlyKeys("a");
        }
        assertThat(damaged()).isEmpty();
    }

    private List<String> damaged() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.contains(".damaged-")).toList();
        }
    }

    /** Writers add pairs while the disk fails now and then: of each pair both are there or none, and all that was confirmed is. */
    @Test
    void whatBelongsTogetherIsThereTogether() throws Exception {
        FaultyFiles.install();
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        try (StateStore store = open(FaultyFiles.SCHEME, MvFile.RETENTION)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                threads.submit(() -> {
                    Random random = new Random(number);
                    for (int i = 0; i < 300; i++) {
                        String key = number + "-" + i;
                        if (random.nextInt(20) == 0) {
                            FaultyFiles.FAULT.set(random.nextBoolean() ? FaultyFiles.Fault.FULL : FaultyFiles.Fault.NO_SYNC);
                        }
                        try {
                            store.write(() -> {
                                        store.map("left").put(key, "1");
                                        store.map("right").put(key, "1");
                                    })
                                    .join();
                            confirmed.add(key);
                        } catch (CompletionException e) {
                            FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
                        }
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
        }
        try (StateStore store = open()) {
            assertThat(store.map("left").keySet()).isEqualTo(store.map("right").keySet()).containsAll(confirmed);
            assertThat(confirmed).hasSizeBetween(200, 1_199);
        }
    }

    private static List<Throwable> mistakes() {
        return List.of(new IllegalStateException("a mistake"), new StackOverflowError("of the test"), new NoClassDefFoundError("of the test"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void halfOfWhatBelongsTogetherDoesNotGoOutWithTheChangesOfOthers(Throwable mistake) throws Exception {
        try (StateStore store = open()) {
            store.map("one").put("a", "1");
            store.save();
            CompletableFuture<Void> half = store.write(() -> {
                store.map("one").put("half", "1");
                throw FileStateStoreTest.<RuntimeException>unchecked(mistake);
            });
            assertThatThrownBy(half::join).hasCause(mistake);

            Instant deadline = Instant.now().plusSeconds(20);
            while (store.write(() -> store.map("one").put("other", "1")).handle((done, failure) -> failure != null).join()) {
                assertThat(Instant.now()).isBefore(deadline);
            }
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsOnlyKeys("a", "other");
        }
        assertThat(damaged()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable mistake) throws T {
        throw (T) mistake;
    }

    @Test
    void anInterruptedReaderClosesNothing() {
        try (StateStore store = open()) {
            store.map("one").put("a", "1");
            store.save();
        }
        try (StateStore store = open()) {
            Thread.currentThread().interrupt();
            assertThat(store.map("one").get("a")).isEqualTo("1");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.map("one").get("a")).isEqualTo("1");
        }
    }

    /** Flipped bytes: what was not hit is kept, the file is moved aside, and the store works again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void ofADamagedFileWhatIsReadableIsKept(long seed) throws Exception {
        try (StateStore store = open()) {
            for (int i = 0; i < 40; i++) {
                int block = i;
                store.write(() -> {
                            for (int j = 0; j < 50; j++) {
                                store.map("one").put(String.format("%02d-%02d", block, j), "value " + block + " " + "x".repeat(200));
                            }
                        })
                        .join();
            }
        }
        Random random = new Random(seed);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("state.mv").toFile(), "rw")) {
            for (int i = 0; i < 3; i++) {
                // Behind the two headers, of which one would be enough.
                file.seek(8_192 + random.nextInt((int) file.length() - 8_192));
                int before = file.read();
                file.seek(file.getFilePointer() - 1);
                file.write(before ^ 0xff);
            }
        }

        int kept;
        try (StateStore store = open()) {
            kept = readAll(store);
            store.map("one").put("new", "1");
            store.save();
        }
        try (StateStore store = open()) {
            assertThat(store.map("one")).containsEntry("new", "1").hasSize(kept + 1);
            assertThat(store.map("one").entrySet())
                    .filteredOn(entry -> !entry.getKey().equals("new"))
                    .allSatisfy(entry -> assertThat(entry.getValue())
                            .isEqualTo("value " + Integer.parseInt(entry.getKey().substring(0, 2)) + " " + "x".repeat(200)));
        }
        assertThat(kept).isGreaterThan(1_000);
    }

    /** The first looks may find damage; the store has mended it when it answers again. */
    private static int readAll(StateStore store) {
        Instant deadline = Instant.now().plusSeconds(5);
        while (true) {
            try {
                return store.map("one").entrySet().size();
            } catch (UncheckedIOException e) {
                if (Instant.now().isAfter(deadline)) throw e;
                Thread.onSpinWait();
            }
        }
    }

    private StateStore open() {
        return open("", MvFile.RETENTION);
    }

    private StateStore open(String scheme, Duration retention) {
        Path file = folder.resolve("state.mv");
        return new FileStateStore(file, new MvFile(scheme, retention, file, Clock.systemUTC()));
    }
}
