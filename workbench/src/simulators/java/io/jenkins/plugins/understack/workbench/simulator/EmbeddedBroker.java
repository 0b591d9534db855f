package io.jenkins.plugins.understack.workbench.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.Port;
import org.apache.qpid.server.model.SystemConfig;
import org.apache.qpid.server.model.VirtualHostNode;
import org.apache.qpid.server.model.port.AmqpPort;

/**
 * An AMQP 0-9-1 broker (Apache Qpid Broker-J) inside this JVM: in memory, on a free port of the loopback address, with one
 * user whose password is random. Queue arguments that only RabbitMQ knows are passed over, so there is no dead-lettering.
 * Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String USER = "understack";
    /** The loopback address only, so the password may cross without TLS. */
    private static final String CONFIGURATION =
            """
            {
              "name": "understack",
              "modelVersion": "9.0",
              "authenticationproviders": [{
                "name": "users",
                "type": "Plain",
                "secureOnlyMechanisms": [],
                "users": [{"name": "%s", "type": "managed", "password": "%s"}]
              }],
              "ports": [{
                "name": "amqp",
                "type": "AMQP",
                "port": 0,
                "bindingAddress": "127.0.0.1",
                "authenticationProvider": "users",
                "protocols": ["AMQP_0_9_1"],
                "virtualhostaliases": [{"name": "byName", "type": "nameAlias"}]
              }]
            }
            """;

    private final String password = UUID.randomUUID().toString();
    private final Path folder;
    private final SystemLauncher launcher;
    private volatile Broker<?> broker;
    private volatile AmqpPort<?> port;
    private volatile RuntimeException failure;

    private EmbeddedBroker() throws IOException {
        this.folder = Files.createTempDirectory("understack-broker");
        this.launcher = new SystemLauncher(new SystemLauncherListener.DefaultSystemLauncherListener() {
            @Override
            public void onContainerResolve(SystemConfig<?> systemConfig) {
                broker = systemConfig.getContainer(Broker.class);
            }

            @Override
            public void errorOnStartup(RuntimeException e) {
                failure = e;
            }
        });
    }

    /** Returns when the broker takes connections. It has no virtual host yet. */
    public static EmbeddedBroker start() throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker();
        try {
            broker.launch();
            return broker;
        } catch (Exception e) {
            broker.close();
            throw e;
        }
    }

    private void launch() throws Exception {
        Path configuration = Files.writeString(folder.resolve("broker.json"), CONFIGURATION.formatted(USER, password));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(SystemConfig.TYPE, "Memory");
        attributes.put(SystemConfig.INITIAL_CONFIGURATION_LOCATION, configuration.toString());
        attributes.put(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false);
        attributes.put(SystemConfig.CONTEXT, Map.of(
                        "qpid.work_dir", folder.toString(),
                        // RabbitMQ's own arguments (x-queue-type …) are passed over, not refused.
                        "queue.behaviourOnUnknownDeclareArgument", "IGNORE",
                        // A rejected message is dropped, as AMQP says; without this it would come back for ever.
                        "queue.maximumDeliveryAttempts", "1"));
        launcher.startup(attributes);
        // The launcher reports a failure to its listener and returns.
        if (failure != null || broker == null) {
            throw new IllegalStateException("the broker does not start", failure);
        }
        port = (AmqpPort<?>) broker.getChildByName(Port.class, "amqp");
    }

    public int port() {
        return port.getBoundPort();
    }

    public String username() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** @param name as in the path of an AMQP URI */
    public void createVirtualHost(String name) {
        broker.createChild(
                VirtualHostNode.class,
                Map.of("name", name, "type", "Memory", "virtualHostInitialConfiguration", "{\"type\": \"Memory\"}"));
    }

    @Override
    public void close() {
        launcher.shutdown();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + folder, e);
        }
    }
}
