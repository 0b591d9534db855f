package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * A BMC with as much of Redfish as our workflows ask for: sessions and basic authentication with a lock-out (three failures within
 * 60 s, for ten minutes), accounts, systems with power, boot override and pending BIOS settings, and an update service with tasks.
 * On a free port of the loopback address. Its time is a clock; what a clock that was moved changes about the port itself takes
 * place with {@link #settle}. Thread-safe.
 */
public final class BmcSimulator implements AutoCloseable {
    /** Ways to hand an image over. */
    public enum Push {
        MULTIPART,
        SIMPLE,
        HTTP
    }

    private final BmcKind kind;
    private final SSLContext tls;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "BMC simulator");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BmcLogins logins;
    private final BmcResources resources;
    private final BmcUpdates updates;
    private final BmcHandlers handlers;
    private HttpServer http;
    private int port;
    private int restarted;
    private boolean closed;

    private BmcSimulator(BmcKind kind, Clock clock, SSLContext tls) throws IOException {
        this.kind = kind;
        this.tls = tls;
        logins = new BmcLogins(clock);
        resources = new BmcResources(kind);
        updates = new BmcUpdates(kind, resources, clock);
        handlers = new BmcHandlers(kind, logins, resources, updates);
        account("root", "calvin");
        listen();
    }

    /** With the account root, whose password is calvin, and the time of the machine, which it follows on its own. */
    public static BmcSimulator start(BmcKind kind) throws IOException {
        BmcSimulator simulator = new BmcSimulator(kind, Clock.systemUTC(), null);
        simulator.threads.execute(simulator::followTime);
        return simulator;
    }

    /** With a clock that somebody moves. */
    public static BmcSimulator start(BmcKind kind, Clock clock) throws IOException {
        return new BmcSimulator(kind, clock, null);
    }

    /** With HTTPS too; see {@link SelfSigned}. */
    public static BmcSimulator start(BmcKind kind, Clock clock, SSLContext tls) throws IOException {
        return new BmcSimulator(kind, clock, tls);
    }

    /** {@code http://127.0.0.1:4711}. */
    public String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Sets the password of an account, which is made where there is none. */
    public void account(String user, String password) {
        logins.password(user, password);
        resources.accounts(logins.users());
    }

    /** Whether this is the password at present; is no log-in. */
    public boolean accepts(String user, String password) {
        return logins.has(user, password);
    }

    /** {@code POST /redfish/v1/SessionService/Sessions 201} for each request so far, in the order of the answers. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Those of {@link #requests} that may change something. */
    public List<String> writes() {
        return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    public int openSessions() {
        return logins.openSessions();
    }

    /** Of all sessions so far. */
    public List<String> tokens() {
        return logins.issued();
    }

    /** How often somebody has failed so often that nobody was let in. */
    public int lockOuts() {
        return logins.lockOuts();
    }

    /** Lets all sessions end, as a restart does. */
    public void loseSessions() {
        logins.loseSessions();
    }

    /** Images so far. */
    public List<BmcUpload> uploads() {
        return handlers.uploads();
    }

    /** The JSON body of the last {@code PATCH} or {@code POST} of a path without a slash at the end, or null. */
    public JsonNode sent(String path) {
        return handlers.sent(path);
    }

    /** A document as a {@code GET} answers it. */
    public JsonNode document(String path) {
        updates.follow();
        return resources.get(path);
    }

    /** Changes a document; objects are merged. */
    public void change(String path, JsonNode change) {
        resources.merge(path, change);
    }

    /** Puts a document in its place, also where none was; null takes it away. */
    public void document(String path, JsonNode document) {
        if (document == null) {
            resources.remove(path);
        } else {
            resources.put(path, document.deepCopy());
        }
    }

    /** Path of the system. */
    public String system() {
        return kind.systemPath();
    }

    /** Path of the manager. */
    public String manager() {
        return kind.managerPath();
    }

    /** Refuses every {@code PATCH} with 400 and a text, or no longer with null. */
    public void refuseChanges(String message) {
        handlers.refuseChanges = message;
    }

    /** Answers 503 to everything, or no longer. */
    public void busy(boolean busy) {
        handlers.busy = busy;
    }

    /** Answers 503 to the next {@code POST} of a path that ends so. */
    public void busyOnce(String end) {
        handlers.busyOnce = end;
    }

    /** Does not answer what switches the system until this is counted down. */
    public void holdResets(CountDownLatch latch) {
        handlers.held = latch;
    }

    /** A new session is named by its Location only. */
    public void sessionOnlyInLocation() {
        handlers.sessionOnlyInLocation = true;
    }

    /** Accepts no change without {@code If-Match}. */
    public void requireIfMatch() {
        handlers.requireIfMatch = true;
    }

    /** Members in one answer; all are the default. */
    public void pageSize(int members) {
        handlers.pageSize = members;
    }

    /** Offers these ways to hand over an image; all are the default. */
    public void offers(Push... pushes) {
        Set<Push> set = EnumSet.noneOf(Push.class);
        set.addAll(List.of(pushes));
        updates.offer(set);
    }

    /**
     * What updates do from now on.
     *
     * @param component of the firmware inventory: BIOS or BMC
     * @param takes from the upload to the end of the task
     */
    public void installs(String component, String version, Duration takes) {
        updates.installs(component, version, takes);
    }

    /** Updates from now on end in a state such as Exception, with this message. */
    public void updatesFail(String state, String message) {
        updates.fails(state, message);
    }

    /** Updates have no tasks, although they are named; only the manager's own queue has their jobs. For an iDRAC. */
    public void onlyJobs() {
        updates.onlyJobs();
    }

    /** Updates have no tasks; the update service itself tells how they go, as that of an iLO 5. */
    public void onlyState() {
        updates.onlyState();
    }

    /** In the middle of each update nobody is listening for a while, then 503 is answered for a while; all sessions are lost. */
    public void restartsDuringUpdates(Duration refused, Duration unavailable) {
        updates.restarts(refused, unavailable);
    }

    /** Opens or closes the port, as the time has it. Whoever moves the clock calls this. */
    public synchronized void settle() throws IOException {
        if (closed) {
            return;
        }
        int restarts = updates.restarted();
        if (restarts > restarted) {
            restarted = restarts;
            logins.loseSessions();
        }
        if (updates.isDown() && http != null) {
            http.stop(0);
            http = null;
        } else if (!updates.isDown() && http == null) {
            listen();
        }
    }

    private void followTime() {
        try {
            while (!Thread.interrupted()) {
                settle();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("the BMC simulator cannot listen on port " + port + " again", e);
        }
    }

    private void listen() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (tls == null) {
            http = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            http = https;
        }
        port = http.getAddress().getPort();
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            handlers.handle(new BmcRequest(exchange, requests::add));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (http != null) {
            http.stop(0);
        }
        threads.shutdownNow();
    }
}
