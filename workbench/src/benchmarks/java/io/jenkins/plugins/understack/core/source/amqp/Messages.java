package io.jenkins.plugins.understack.core.source.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import io.jenkins.plugins.understack.core.event.Event;
import io.jenkins.plugins.understack.core.event.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The reader of the event source for messages of ironic, and such a message; without a broker. */
public final class Messages {
    /** The notification of a new port, with invented values, inside the envelope of oslo.messaging; about 2 kB. */
    private static final String NOTIFICATION =
            """
            {"message_id": "5f4c7b1e-0d7a-4d27-9a55-0c8f6f2b7a10", "publisher_id": "ironic-api.ironic-api-6c9d7f5b8-qx2kt",
             "event_type": "baremetal.port.create.end", "priority": "INFO", "timestamp": "2026-11-21 10:11:12.131415",
             "payload": {"ironic_object.name": "PortCRUDPayload", "ironic_object.namespace": "ironic", "ironic_object.version": "1.4",
              "ironic_object.data": {"address": "02:11:22:33:44:55", "extra": {}, "is_smartnic": false,
               "local_link_connection": {"port_id": "Ethernet1/7", "switch_id": "02:aa:bb:cc:dd:ee", "switch_info": "leaf-7.rack-12.example.org"},
               "name": "node-0815:nic.slot.1-1", "node_uuid": "9f1d7a52-6a0e-4f1e-8a0e-2f3a4b5c6d7e", "physical_network": "rack-12-network",
               "portgroup_uuid": null, "pxe_enabled": true, "uuid": "1b2c3d4e-5f60-4718-9a0b-c1d2e3f40516",
               "created_at": "2026-11-21T10:11:12Z", "updated_at": null,
               "internal_info": {"tenant_vif_port_id": "77aa88bb-99cc-40dd-8eff-001122334455", "cleaning_vif_port_id": null}}},
             "_unique_id": "0123456789abcdef0123456789abcdef", "_context_request_id": "req-3c1f8f6e-5d55-44a2-9c0e-112233445566",
             "_context_user": "ironic-inventory", "_context_user_id": "aabbccddeeff00112233445566778899",
             "_context_project_id": "99887766554433221100ffeeddccbbaa", "_context_tenant": "service", "_context_roles": ["admin", "member", "reader"],
             "_context_is_admin": true, "_context_read_only": false, "_context_show_deleted": false,
             "_context_domain": "default", "_context_user_domain": "default", "_context_project_domain": "default",
             "_context_global_request_id": null, "_context_resource_uuid": null}
            """
                    .replaceAll("\\s*\n\\s*", " ")
                    .strip();

    private final AmqpMessageReader reader;
    private final Envelope envelope = new Envelope(1, false, "ironic", "ironic_versioned_notifications.info");
    private final BasicProperties properties =
            new BasicProperties.Builder().contentType("application/json").contentEncoding("utf-8").deliveryMode(2).priority(0).build();
    private final byte[] body = body(NOTIFICATION);

    private static byte[] body(String notification) {
        return ("{\"oslo.version\": \"2.0\", \"oslo.message\": \"" + notification.replace("\"", "\\\"") + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** Such a message with an id of its own. @param eventType {@code baremetal.port.create.end} is what sensors want */
    public static byte[] body(String eventType, long number) {
        return body(NOTIFICATION
                .replace("5f4c7b1e-0d7a-4d27-9a55-0c8f6f2b7a10", "5f4c7b1e-0d7a-4d27-9a55-%012x".formatted(number))
                .replace("baremetal.port.create.end", eventType));
    }

    /** @param opened whether the source opens the envelope, or leaves that to the sensors */
    public Messages(boolean opened) {
        reader = new AmqpMessageReader(
                "openstack-ironic",
                new AmqpEvent(
                        "openstack",
                        new AmqpEvent.Exchange("ironic", "topic", true),
                        List.of("ironic_versioned_notifications.info"),
                        new AmqpEvent.Queue("understack", true, Map.of()),
                        true,
                        100,
                        null,
                        opened ? AmqpEvent.BodyFormat.OSLO : AmqpEvent.BodyFormat.JSON,
                        null,
                        1_000_000,
                        Map.of()),
                Clock.systemUTC());
    }

    public Event read() throws MalformedEventException {
        return reader.read(envelope, properties, body);
    }
}
