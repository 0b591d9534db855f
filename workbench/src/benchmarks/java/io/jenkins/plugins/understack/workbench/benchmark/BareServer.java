package io.jenkins.plugins.understack.workbench.benchmark;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.understack.workbench.server.WebhookTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The JDK's HTTP server with nothing behind it: what sender and server take by themselves. */
public final class BareServer {
    private BareServer() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newFixedThreadPool(64));
        http.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(202, -1);
            }
        });
        http.start();
        System.out.println(WebhookTarget.URL + "http://127.0.0.1:" + http.getAddress().getPort() + "/");
        new CountDownLatch(1).await();
    }
}
