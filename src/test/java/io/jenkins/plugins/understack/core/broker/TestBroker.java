package io.jenkins.plugins.understack.core.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.workbench.simulator.RabbitMqProcess;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeoutException;

/**
 * The broker that tests talk to, one for each JVM: the one {@code UNDERSTACK_TEST_AMQP_URI} names, else a RabbitMQ process of
 * our own where the command {@code rabbitmq-server} exists, else the embedded broker. Tests use exchanges and queues of their
 * own, so they do not disturb each other.
 */
public final class TestBroker {
    /** Of a user and password credential that {@link #secrets} knows. */
    public static final String CREDENTIALS_ID = "test-broker";

    private static TestBroker shared;

    private final String uri;
    private final String username;
    private final String password;
    private final boolean rabbitMq;

    TestBroker(String uri, String username, String password, boolean rabbitMq) {
        this.uri = uri;
        this.username = username;
        this.password = password;
        this.rabbitMq = rabbitMq;
    }

    public static synchronized TestBroker get() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static TestBroker start() {
        String given = System.getenv("UNDERSTACK_TEST_AMQP_URI");
        if (given != null && !given.isBlank()) {
            URI uri = URI.create(given);
            String[] login = uri.getUserInfo().split(":", 2);
            return new TestBroker(given.replace(uri.getRawUserInfo() + "@", ""), login[0], login[1], true);
        }
        if (RabbitMqProcess.isInstalled()) {
            RabbitMqProcess process = RabbitMqProcess.start();
            return new TestBroker(process.uri(), RabbitMqProcess.USERNAME, RabbitMqProcess.PASSWORD, true);
        }
        return EmbeddedTestBroker.start();
    }

    /** {@code amqp://127.0.0.1:port/vhost}, without user. */
    public String uri() {
        return uri;
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /** False for the embedded broker, which words its refusals differently. */
    public boolean isRabbitMq() {
        return rabbitMq;
    }

    /** A connection for publishing and for looking at queues. */
    public Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(uri);
        } catch (Exception e) {
            throw new IllegalStateException(uri, e);
        }
        factory.setUsername(username);
        factory.setPassword(password);
        return factory.newConnection("test");
    }

    /** Secrets with the login of this broker under {@link #CREDENTIALS_ID}. */
    public Secrets secrets() {
        return new MapSecrets().with(CREDENTIALS_ID, username, password);
    }
}
