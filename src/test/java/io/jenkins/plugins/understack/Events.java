package io.jenkins.plugins.understack;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import hudson.model.FreeStyleProject;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.understack.config.AmqpEventConfig;
import io.jenkins.plugins.understack.config.AmqpEventSourceConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.broker.Await;
import io.jenkins.plugins.understack.core.broker.TestBroker;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.source.EventNotAcceptedException;
import io.jenkins.plugins.understack.core.source.SourceStatus;
import io.jenkins.plugins.understack.core.source.TestSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;

/** What the tests of the Jenkins side share: a source on the test broker, and credentials. */
public final class Events implements AutoCloseable {
    public static final String SOURCE = "openstack-ironic";
    public static final String EVENT = "openstack";

    private final String exchange = "ironic-" + UUID.randomUUID();
    private final Connection connection;
    private final Channel channel;

    private Events(Connection connection) throws Exception {
        this.connection = connection;
        this.channel = connection.createChannel();
    }

    /** Configures the source {@link #SOURCE} in the running Jenkins and waits until it consumes. */
    public static Events configure() throws Exception {
        Events events = new Events(TestBroker.get().connect());
        loginCredential();
        List<io.jenkins.plugins.understack.config.EventSourceConfig> sources =
                new ArrayList<>(UnderstackConfiguration.get().getEventSources());
        sources.add(events.source());
        UnderstackConfiguration.get().setEventSources(sources);
        awaitUp();
        return events;
    }

    public static void awaitUp() {
        Await.until(
                () -> Understack.get().receivers().status(),
                all -> all.stream().allMatch(status -> status.state() == SourceStatus.State.UP));
    }

    private AmqpEventSourceConfig source() {
        AmqpEventConfig event = new AmqpEventConfig(EVENT);
        event.setExchange(exchange);
        event.setRoutingKeys(List.of("ironic_versioned_notifications.info"));
        event.setQueue("queue-of-" + exchange);
        event.setBodyFormat("oslo");
        AmqpEventSourceConfig source =
                new AmqpEventSourceConfig(SOURCE, TestBroker.get().uri());
        source.setCredentialsId(TestBroker.CREDENTIALS_ID);
        source.setEvents(List.of(event));
        return source;
    }

    private static void loginCredential() throws Exception {
        add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL,
                TestBroker.CREDENTIALS_ID,
                null,
                TestBroker.get().username(),
                TestBroker.get().password()));
    }

    /** A global secret text credential. */
    public static void secretText(String id, String text) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, null, Secret.fromString(text)));
    }

    private static void add(com.cloudbees.plugins.credentials.Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    /** Publishes an ironic notification in its oslo.messaging envelope. */
    public void publish(String messageId, String eventType, String nodeName) throws Exception {
        String message = Json.MAPPER
                .createObjectNode()
                .put("message_id", messageId)
                .put("event_type", eventType)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set("payload", Json.MAPPER
                        .createObjectNode()
                        .set("ironic_object.data", Json.MAPPER.createObjectNode().put("name", nodeName)))
                .toString();
        publish(Json.MAPPER.createObjectNode().put("oslo.version", "2.0").put("oslo.message", message).toString());
    }

    public void publish(String body) throws Exception {
        channel.basicPublish(
                exchange,
                "ironic_versioned_notifications.info",
                new BasicProperties.Builder().deliveryMode(2).build(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** A job that declares these parameters, in folders that are made for it where need be. */
    public static FreeStyleProject job(String fullName, String... parameters) throws IOException {
        ModifiableTopLevelItemGroup parent = Jenkins.get();
        String[] names = fullName.split("/");
        for (String folder : Arrays.asList(names).subList(0, names.length - 1)) {
            MockFolder found = (MockFolder) parent.getItem(folder);
            parent = found == null ? (MockFolder) parent.createProject(Jenkins.get().getDescriptorByType(MockFolder.DescriptorImpl.class), folder, true) : found;
        }
        FreeStyleProject job = (FreeStyleProject)
                parent.createProject(Jenkins.get().getDescriptorByType(FreeStyleProject.DescriptorImpl.class), names[names.length - 1], true);
        job.addProperty(new ParametersDefinitionProperty(Arrays.stream(parameters)
                .map(name -> (ParameterDefinition) new StringParameterDefinition(name, ""))
                .toList()));
        return job;
    }

    /** An event as the source would hand it on, without a broker. Returns when its builds are in the queue. */
    public static void send(String id, String data) throws EventNotAcceptedException {
        try {
            TestSink.send(
                    Understack.get().dispatcher(),
                    new Event(id, SOURCE, EVENT, "amqp", "test", Instant.now(), Json.parse(data)));
            awaitQueued();
        } catch (io.jenkins.plugins.understack.core.event.MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns when the builds of all events so far are in the queue. */
    public static void awaitQueued() {
        Await.until(() -> Understack.get().starter().isIdle(), idle -> idle);
    }

    /** Returns when the builds of all events so far have ended. */
    public static void awaitBuilds(JenkinsRule r) throws Exception {
        awaitQueued();
        r.waitUntilNoActivity();
    }

    @Override
    public void close() throws Exception {
        Understack.get().receivers().close();
        disconnect();
    }

    /** What is left to do when Jenkins is gone. */
    public void disconnect() throws Exception {
        channel.queueDelete("queue-of-" + exchange);
        channel.exchangeDelete(exchange);
        connection.close();
    }
}
