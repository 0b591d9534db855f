package io.jenkins.plugins.understack.workbench.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/** One request to a {@link BmcSimulator} and its answer. */
final class BmcRequest {
    final HttpExchange http;
    final String method;
    /** Without query and without a slash at the end. */
    final String path;

    private final Consumer<String> record;
    private JsonNode body;

    /** @param record told of the request and its status before it is answered */
    BmcRequest(HttpExchange http, Consumer<String> record) {
        this.http = http;
        this.record = record;
        method = http.getRequestMethod();
        path = http.getRequestURI().getPath().replaceAll("(?<=.)/+$", "");
    }

    /** The JSON that was sent; null where it is none. */
    JsonNode json() throws IOException {
        if (body == null) {
            try {
                body = BmcResources.JSON.readTree(http.getRequestBody().readAllBytes());
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                return null;
            }
        }
        return body;
    }

    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    /** Value of a cookie, or null. */
    String cookie(String name) {
        String value = header("Cookie");
        return value != null && value.startsWith(name + "=") ? value.substring(name.length() + 1) : null;
    }

    /** User and password of basic authentication, or null. */
    String[] basic() {
        String value = header("Authorization");
        if (value == null || !value.startsWith("Basic ")) {
            return null;
        }
        String[] pair = new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8).split(":", 2);
        return pair.length == 2 ? pair : null;
    }

    int skip() {
        String query = http.getRequestURI().getQuery();
        return query != null && query.matches("\\$skip=\\d{1,4}") ? Integer.parseInt(query.substring(6)) : 0;
    }

    void answer(int code, JsonNode document) throws IOException {
        answer(code, "application/json", document == null ? "" : document.toString());
    }

    /** HTML. */
    void page(int code, String text) throws IOException {
        answer(code, "text/html", text);
    }

    private void answer(int code, String type, String text) throws IOException {
        http.getRequestBody().readAllBytes();
        record.accept(method + " " + path + " " + code);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.getResponseHeaders().set("OData-Version", "4.0");
        http.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
    }

    void error(int code, String id, String message) throws IOException {
        ObjectNode document = BmcResources.JSON.createObjectNode();
        ObjectNode error = document.putObject("error").put("code", "Base.1.12.GeneralError").put("message", "See ExtendedInfo.");
        error.putArray("@Message.ExtendedInfo").addObject().put("MessageId", id).put("Message", message);
        answer(code, document);
    }
}
