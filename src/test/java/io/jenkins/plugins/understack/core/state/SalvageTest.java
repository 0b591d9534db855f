package io.jenkins.plugins.understack.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a damaged file is put into a new one. */
class SalvageTest {
    private static final int ENTRIES = 1_000;
    /** Of 100 kB: more than the heap of the process that has to copy it. */
    private static final int LENGTH = 100_000;

    private static final int FLIPS = 20;

    @TempDir
    Path folder;

    @Test
    void itNeedsLittleMemoryHoweverMuchThereIs() throws Exception {
        fill(ENTRIES);
        flip(FLIPS);
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m", "-cp", classPath(), Reader.class.getName(), file().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(Files.readString(output)).contains("was damaged and was moved to").doesNotContain("OutOfMemory");
        assertThat(child.exitValue()).as("%s", Files.readString(output)).isZero();
    }

    @Test
    void whereItIsNotPossibleTheDamagedFileStaysWhereItIs() throws Exception {
        fill(100);
        byte[] before = Files.readAllBytes(file());
        FaultyFiles.install();
        MvFile opener = new MvFile(FaultyFiles.SCHEME, MvFile.RETENTION, file(), Clock.systemUTC());
        for (FaultyFiles.Fault fault : new FaultyFiles.Fault[] {
            FaultyFiles.Fault.FULL, FaultyFiles.Fault.NO_SYNC, FaultyFiles.Fault.NO_MEMORY
        }) {
            FaultyFiles.FAULT.set(fault);
            assertThatThrownBy(opener::salvage)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("state.mv is damaged, and what is left of it cannot be put into a new file");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(file());
            }
            assertThat(file()).hasBinaryContent(before);
        }

        FaultyFiles.FAULT.set(FaultyFiles.Fault.NONE);
        opener.salvage();
        try (StateStore store = open()) {
            assertThat(store.map("one")).hasSize(100);
        }
    }

    private static String classPath() {
        return Stream.of(Reader.class, FileStateStore.class, MVStore.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path file() {
        return folder.resolve("state.mv");
    }

    private StateStore open() {
        return new FileStateStore(file(), Clock.systemUTC());
    }

    private void fill(int entries) {
        try (StateStore store = open()) {
            for (int i = 0; i < entries; i++) {
                store.map("one").put(String.format("%05d", i), i + "x".repeat(LENGTH));
                if (i % 50 == 0) {
                    store.save();
                }
            }
        }
    }

    /** Within values; some of them may not be needed any more. */
    private void flip(int times) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            for (int i = 1; i <= times; i++) {
                file.seek(file.length() / (times + 1) * i);
                while (file.read() != 'x' || file.read() != 'x') {
                    // Further.
                }
                file.write('y');
            }
        }
    }

    /** A process with a small heap. */
    static final class Reader {
        public static void main(String[] arguments) {
            try (StateStore store = new FileStateStore(Path.of(arguments[0]), Clock.systemUTC())) {
                int whole = 0;
                for (var entry : store.map("one").from("")) {
                    whole += entry.getValue().length() >= LENGTH ? 1 : 0;
                }
                System.exit(whole < ENTRIES && whole >= ENTRIES - FLIPS ? 0 : 1);
            }
        }
    }
}
