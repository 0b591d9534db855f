package io.jenkins.plugins.understack.core.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * fabric8's mock of an API server, which keeps what it is given. It has no garbage collection and no rights: requests are recorded as
 * {@code verb resource}, as a Role names them, and those of {@link #forbid} are refused in the words of a real server.
 */
public final class TestCluster implements AutoCloseable {
    public static final String NAMESPACE = "understack-agents";
    public static final String USER = "system:serviceaccount:understack:jenkins";

    private static final String OPERATOR = "operator";
    private static final Pattern PATH = Pattern.compile("/api/v1/namespaces/([^/?]+)/([a-z]+)(?:/([^/?]+))?(?:/([a-z]+))?(\\?.*)?");

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final KubernetesClient operator;
    private final Set<String> early = ConcurrentHashMap.newKeySet();
    private volatile String refusal;

    /** @param body of what was sent; empty for none */
    public record Request(String verb, String resource, String namespace, String name, String body) {
        /** As a Role has it. */
        public String right() {
            return resource + " " + verb;
        }
    }

    public TestCluster() {
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new Recorder(), false);
        server.init();
        client = server.createClient();
        operator = server.createClient(builder -> builder.editOrNewConfig().withUserAgent(OPERATOR).endConfig());
    }

    public String url() {
        return server.url("/");
    }

    /** As what is tested has it. */
    public KubernetesClient client() {
        return client;
    }

    /** May do everything, and is not recorded. */
    public KubernetesClient operator() {
        return operator;
    }

    /** Refuses owners as the admission plugin OwnerReferencesPermissionEnforcement does. */
    public void protectOwners() {
        refusal = "secrets is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>";
        forbidden.add("secrets create");
    }

    /** @param right {@code resource verb}; refused from now on */
    public void forbid(String right) {
        forbidden.add(right);
    }

    public void allowAll() {
        forbidden.clear();
    }

    /** The next {@code get} of this resource finds nothing, as if it came just before somebody else made it. */
    public void askTooEarly(String resource) {
        early.add(resource + " get");
    }

    /** What came since the last call, as {@code resource verb}. */
    public List<String> takeRights() {
        List<String> rights = new ArrayList<>();
        for (Request request : takeRequests()) {
            rights.add(request.right());
        }
        return rights;
    }

    public List<Request> takeRequests() {
        List<Request> taken = List.copyOf(requests);
        requests.removeAll(taken);
        return taken;
    }

    @Override
    public void close() {
        client.close();
        operator.close();
        server.destroy();
    }

    private final class Recorder extends KubernetesCrudDispatcher {
        @Override
        public MockResponse dispatch(RecordedRequest request) {
            Matcher path = PATH.matcher(request.getPath());
            if (path.matches() && !OPERATOR.equals(request.getHeader("User-Agent"))) {
                Request what = request(request, path);
                requests.add(what);
                if (early.remove(what.right())) {
                    return new MockResponse().setResponseCode(404);
                }
                if (forbidden.contains(what.right())) {
                    return new MockResponse().setResponseCode(403).setHeader("Content-Type", "application/json").setBody(refusal(what));
                }
            }
            return super.dispatch(request);
        }

        /** As RFC 7396 has it; fabric8's own adds to lists. */
        @Override
        public JsonNode merge(JsonNode current, String patch) throws KubernetesCrudDispatcherException {
            return merge(current.deepCopy(), asNode(patch));
        }

        private JsonNode merge(JsonNode target, JsonNode patch) {
            if (!patch.isObject() || !target.isObject()) {
                return patch;
            }
            patch.properties().forEach(field -> {
                if (field.getValue().isNull()) {
                    ((ObjectNode) target).remove(field.getKey());
                } else {
                    ((ObjectNode) target).set(field.getKey(), merge(target.path(field.getKey()), field.getValue()));
                }
            });
            return target;
        }

        private Request request(RecordedRequest request, Matcher path) {
            String name = path.group(3);
            String query = path.group(5);
            boolean watch = query != null && query.contains("watch=true");
            String verb =
                    switch (request.getMethod()) {
                        case "GET" -> watch ? "watch" : name == null ? "list" : "get";
                        case "POST" -> "create";
                        case "PUT" -> "update";
                        default -> request.getMethod().toLowerCase(Locale.ROOT);
                    };
            String resource = path.group(2) + (path.group(4) == null ? "" : "/" + path.group(4));
            return new Request(verb, resource, path.group(1), name, new String(request.getBody().getBytes(), StandardCharsets.UTF_8));
        }

        /** As kube-apiserver 1.31 answers; the message is that of RBAC. */
        private String refusal(Request what) {
            String message = refusal != null ? refusal : what.resource + " \\\"" + what.name + "\\\" is forbidden: User \\\"" + USER + "\\\" cannot " + what.verb + " resource \\\""
                    + what.resource + "\\\" in API group \\\"\\\" in the namespace \\\"" + what.namespace + "\\\"";
            return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"reason\":\"Forbidden\",\"code\":403,\"message\":\""
                    + message + "\"}";
        }
    }
}
