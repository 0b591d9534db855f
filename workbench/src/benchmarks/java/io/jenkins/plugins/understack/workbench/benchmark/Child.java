package io.jenkins.plugins.understack.workbench.benchmark;

import com.rabbitmq.perf.PerfTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is compared runs in processes that are started alike, so that neither is warmer than the other. */
final class Child {
    private final Path folder;

    Child(Path folder) {
        this.folder = folder;
    }

    Process start(Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : List.of("lang", "util", "io", "net", "text")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        if (main != PerfTest.class) {
            // PerfTest brings another, which would write what libraries say to themselves.
            command.add("-Dslf4j.provider=org.slf4j.jul.JULServiceProvider");
        }
        command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()))
                .start();
    }

    /** The rate of a process that says each second how many it has received: without the first three seconds and the last one. */
    double rate(Class<?> main, List<String> arguments) throws Exception {
        Process process = start(main, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher matcher = Pattern.compile("received: ([0-9]+) msg/s").matcher(out);
        List<Double> rates = new ArrayList<>();
        while (matcher.find()) {
            rates.add(Double.valueOf(matcher.group(1)));
        }
        if (process.waitFor() != 0 || rates.size() < 6) {
            throw new IOException(main.getSimpleName() + " failed, or had too few messages:\n" + out + Files.readString(folder.resolve("errors.txt")));
        }
        return DeliveryBenchmark.median(rates.subList(3, rates.size() - 1));
    }

    static String awaitLine(Process process, String prefix) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        do {
            line = out.readLine();
            if (line == null) {
                throw new IOException("the process has ended before it said " + prefix);
            }
        } while (!line.startsWith(prefix));
        return line.substring(prefix.length());
    }
}
