package io.jenkins.plugins.understack.workbench.benchmark;

import io.jenkins.plugins.understack.core.source.amqp.Messages;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Sends one request after the other, with as many connections as it takes. */
final class WebhookLoad implements LongFunction<CompletableFuture<Boolean>> {
    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

    WebhookLoad(String url) {
        this.url = URI.create(url);
    }

    @Override
    public CompletableFuture<Boolean> apply(long number) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("ce-id", "request-" + number)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Messages.body("baremetal.port.create.end", number)))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(answer -> answer.statusCode() == 202);
    }
}
