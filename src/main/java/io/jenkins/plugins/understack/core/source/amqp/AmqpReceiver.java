package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.source.Backoff;
import io.jenkins.plugins.understack.core.source.EventReceiver;
import io.jenkins.plugins.understack.core.source.EventSink;
import io.jenkins.plugins.understack.core.source.SourceHealth;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps one connection to a broker and a subscription for each event of the source, and repairs both for ever. One thread
 * supervises; the client's own recovery is off, because it cannot begin (first connection) nor end (changed topology) by
 * the same rules.
 */
public final class AmqpReceiver implements EventReceiver {
    private static final Logger LOGGER = Logger.getLogger(AmqpReceiver.class.getName());
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final AmqpEventSource source;
    private final EventSink sink;
    private final Secrets secrets;
    private final SourceHealth health;
    private final Clock clock;
    private final Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
    /** Released when something changed that the supervisor should look at. */
    private final Semaphore changed = new Semaphore(0);
    private final Thread supervisor;
    private volatile boolean closed;
    private String lastProblem;

    private AmqpReceiver(AmqpEventSource source, EventSink sink, Secrets secrets, SourceHealth health, Clock clock) {
        this.source = source;
        this.sink = sink;
        this.secrets = secrets;
        this.health = health;
        this.clock = clock;
        this.supervisor = new Thread(this::supervise, "UnderStack event source " + source.name());
        supervisor.setDaemon(true);
    }

    /** Returns at once; connects in the background. */
    static AmqpReceiver start(
            AmqpEventSource source, EventSink sink, Secrets secrets, SourceHealth health, Clock clock) {
        AmqpReceiver receiver = new AmqpReceiver(source, sink, secrets, health, clock);
        receiver.supervisor.start();
        return receiver;
    }

    @Override
    public AmqpEventSource source() {
        return source;
    }

    @Override
    public SourceStatus status() {
        return health.status();
    }

    private void supervise() {
        while (!closed) {
            Connection connection = null;
            try {
                connection = connect();
                backoff.reset();
                whileOpen(connection);
            } catch (InterruptedException e) {
                return;
            } catch (IOException
                    | TimeoutException
                    | GeneralSecurityException
                    | SecretUnavailableException
                    | RuntimeException e) {
                problem(AmqpFaults.describe(source, e), e);
            } finally {
                if (connection != null) {
                    connection.abort((int) CLOSE_TIMEOUT.toMillis());
                }
            }
            if (!pause(backoff.next())) {
                return;
            }
        }
    }

    private Connection connect()
            throws IOException, TimeoutException, GeneralSecurityException, SecretUnavailableException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(source.host());
        factory.setPort(source.port());
        factory.setVirtualHost(source.virtualHost());
        if (source.credentialsId() != null) {
            Secrets.UsernamePassword login = secrets.usernamePassword(source.credentialsId());
            factory.setUsername(login.username());
            factory.setPassword(login.password());
        }
        if (source.secure()) {
            factory.useSslProtocol(source.tls().context(secrets));
            if (!source.tls().insecureSkipVerify()) {
                factory.enableHostnameVerification();
            }
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
        factory.setHandshakeTimeout((int) CONNECT_TIMEOUT.toMillis());
        factory.setChannelRpcTimeout((int) RPC_TIMEOUT.toMillis());
        factory.setRequestedHeartbeat((int) HEARTBEAT.toSeconds());
        return factory.newConnection("UnderStack " + source.name());
    }

    /** Opens subscriptions, and opens them again after a fault, until the connection or this receiver is closed. */
    private void whileOpen(Connection connection) throws InterruptedException {
        connection.addShutdownListener(signal -> {
            if (!signal.isInitiatedByApplication()) {
                problem(AmqpFaults.describe(source, signal), null);
            }
            changed.release();
        });
        Map<AmqpEvent, AmqpSubscription> subscriptions = new HashMap<>();
        Backoff waits = new Backoff(FIRST_WAIT, LONGEST_WAIT);
        while (!closed && connection.isOpen()) {
            List<String> faults = new ArrayList<>();
            for (AmqpEvent event : source.events()) {
                String fault = check(connection, event, subscriptions);
                if (fault != null) {
                    faults.add("event \"" + event.name() + "\": " + fault);
                }
            }
            if (faults.isEmpty()) {
                recovered();
                waits.reset();
                changed.acquire();
            } else if (connection.isOpen()) {
                problem(String.join("; ", faults), null);
                waitForChange(waits.next());
            }
            changed.drainPermits();
        }
    }

    /**
     * Opens a missing subscription; one that has ended is opened in the next round, after a wait.
     *
     * @return why the event has no working subscription, or null
     */
    private String check(Connection connection, AmqpEvent event, Map<AmqpEvent, AmqpSubscription> subscriptions) {
        AmqpSubscription existing = subscriptions.get(event);
        if (existing != null) {
            if (existing.fault() != null) {
                subscriptions.remove(event);
            }
            return existing.fault();
        }
        try {
            subscriptions.put(
                    event, AmqpSubscription.open(connection, source, event, sink, health, clock, changed::release));
            return null;
        } catch (IOException | RuntimeException e) {
            return AmqpFaults.describe(source, e);
        }
    }

    /** Said once, however often it is met again; {@code cause} is for those who debug this class. */
    private synchronized void problem(String words, Throwable cause) {
        if (closed) {
            return;
        }
        health.down(words);
        if (!words.equals(lastProblem)) {
            lastProblem = words;
            LOGGER.warning(() -> "event source \"" + source.name() + "\": " + words + "; will try again");
            LOGGER.log(Level.FINE, "cause", cause);
        }
    }

    private synchronized void recovered() {
        health.up();
        lastProblem = null;
        LOGGER.info(() -> "event source \"" + source.name() + "\": consuming from " + source.host() + ":" + source.port());
    }

    /** False when this receiver was closed meanwhile. */
    private boolean pause(Duration wait) {
        try {
            waitForChange(wait);
        } catch (InterruptedException e) {
            return false;
        }
        changed.drainPermits();
        return !closed;
    }

    private void waitForChange(Duration longest) throws InterruptedException {
        if (changed.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            LOGGER.finest("something changed");
        }
    }

    @Override
    public void close() {
        closed = true;
        changed.release();
        try {
            supervisor.join(CLOSE_TIMEOUT.toMillis());
            supervisor.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
