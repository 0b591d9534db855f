package io.jenkins.plugins.understack.workbench.simulator;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A RabbitMQ server with a node name, ports and a data folder of its own, on loopback, that ends with the JVM. It has the
 * virtual hosts {@code /} and {@code ironic}, and a user {@value #READER} who may only read.
 */
public final class RabbitMqProcess implements AutoCloseable {
    public static final String USERNAME = "understack";
    public static final String PASSWORD = "s3cret-amqp-pass";
    public static final String READER = "reader";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    /** Debian's command on the PATH is a wrapper that changes the user; this is what it runs. */
    private static final Path DEBIAN = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");

    private final Path directory;
    private final int port;
    private final int tlsPort;
    private final int epmdPort;
    private final Map<String, String> environment;
    private Process portMapper;
    private Process process;

    private RabbitMqProcess(Path directory, String tls) throws IOException {
        this.directory = directory;
        this.port = freePort();
        this.tlsPort = tls.isEmpty() ? 0 : freePort();
        this.epmdPort = freePort();
        this.environment = Map.of(
                "HOME", directory.toString(),
                "ERL_EPMD_ADDRESS", "127.0.0.1",
                "ERL_EPMD_PORT", Integer.toString(epmdPort),
                "RABBITMQ_NODENAME", "understack-test-" + port + "@localhost",
                "RABBITMQ_DIST_PORT", Integer.toString(freePort()),
                "RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq.conf").toString(),
                "RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("enabled_plugins").toString(),
                "RABBITMQ_MNESIA_BASE", directory.resolve("data").toString(),
                "RABBITMQ_LOG_BASE", directory.resolve("log").toString(),
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        Files.writeString(directory.resolve("enabled_plugins"), "[].");
        Files.writeString(directory.resolve("definitions.json"), definitions());
        Files.writeString(
                directory.resolve("rabbitmq.conf"),
                """
                listeners.tcp.1 = 127.0.0.1:%d
                load_definitions = %s
                log.console = false
                """
                                .formatted(port, directory.resolve("definitions.json"))
                        + (tls.isEmpty() ? "" : "listeners.ssl.1 = 127.0.0.1:" + tlsPort + "\n" + tls));
    }

    public static boolean isInstalled() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, "rabbitmq-server"))) {
                return true;
            }
        }
        return false;
    }

    /** Returns when the server accepts connections. */
    public static RabbitMqProcess start() {
        return start("");
    }

    /** @param tls lines of {@code rabbitmq.conf} beginning with {@code ssl_options.}; opens {@link #tlsUri} */
    public static RabbitMqProcess start(String tls) {
        try {
            RabbitMqProcess rabbitMq = new RabbitMqProcess(Files.createTempDirectory("understack-rabbitmq"), tls);
            Runtime.getRuntime().addShutdownHook(new Thread(rabbitMq::close));
            rabbitMq.launch();
            return rabbitMq;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an operator of the broker would say to it; takes a second or two. */
    public void ctl(String... arguments) throws IOException, InterruptedException {
        Path debian = DEBIAN.resolveSibling("rabbitmqctl");
        List<String> command = new ArrayList<>(List.of(Files.isExecutable(debian) ? debian.toString() : "rabbitmqctl"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process ctl = builder.start();
        String output = new String(ctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ctl.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
    }

    /** As when it loses its power; {@link #launch} brings it back with what was durable. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        portMapper.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Returns when the server accepts connections. */
    public void launch() throws IOException {
        String command = Files.isExecutable(DEBIAN) ? DEBIAN.toString() : "rabbitmq-server";
        ProcessBuilder builder = new ProcessBuilder(command)
                // Where Erlang leaves its dump when it is killed.
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile());
        builder.environment().putAll(environment);
        // Erlang would start its port mapper as a daemon that outlives us: ours is found running.
        portMapper = new ProcessBuilder("epmd", "-port", Integer.toString(epmdPort), "-address", "127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = builder.start();
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("RabbitMQ did not start: " + Files.readString(directory.resolve("output.txt")));
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** Whether the listener is open, which RabbitMQ opens last. */
    private boolean answers() {
        // Listeners are opened in the order of the configuration, TLS after TCP.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tlsPort == 0 ? port : tlsPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public String uri() {
        return "amqp://127.0.0.1:" + port + "/ironic";
    }

    /** By name, because TLS verifies it. */
    public String tlsUri(String host) {
        return "amqps://" + host + ":" + tlsPort + "/ironic";
    }

    private static String definitions() {
        return """
                {"vhosts": [{"name": "/"}, {"name": "ironic"}],
                 "users": [
                   {"name": "%1$s", "password": "%2$s", "tags": "administrator"},
                   {"name": "%3$s", "password": "%2$s", "tags": ""}],
                 "permissions": [
                   {"user": "%1$s", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"},
                   {"user": "%1$s", "vhost": "ironic", "configure": ".*", "write": ".*", "read": ".*"},
                   {"user": "%3$s", "vhost": "ironic", "configure": "", "write": "", "read": ".*"}]}
                """
                .formatted(USERNAME, PASSWORD, READER);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public synchronized void close() {
        if (Files.notExists(directory)) {
            return;
        }
        try {
            if (process != null) {
                kill();
                process = null;
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
