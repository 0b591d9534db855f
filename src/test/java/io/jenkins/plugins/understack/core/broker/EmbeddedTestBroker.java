package io.jenkins.plugins.understack.core.broker;

import io.jenkins.plugins.understack.workbench.simulator.EmbeddedBroker;

/** Apache Qpid Broker-J inside the JVM, for machines without RabbitMQ. */
final class EmbeddedTestBroker {
    private EmbeddedTestBroker() {}

    static TestBroker start() {
        try {
            EmbeddedBroker broker = EmbeddedBroker.start();
            broker.createVirtualHost("ironic");
            return new TestBroker(
                    "amqp://127.0.0.1:" + broker.port() + "/ironic", broker.username(), broker.password(), false);
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker does not start", e);
        }
    }
}
