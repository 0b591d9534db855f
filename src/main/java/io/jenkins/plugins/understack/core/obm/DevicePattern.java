package io.jenkins.plugins.understack.core.obm;

import io.jenkins.plugins.understack.core.Fields;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of something that each device has one of: {@code obm-{name}}, also with <code>{deviceId}</code> and <code>{address}</code>. */
public final class DevicePattern {
    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> KNOWN = Set.of("name", "deviceId", "address");

    private final String text;

    private DevicePattern(String text) {
        this.text = text;
    }

    /** @throws InvalidFieldException for another word in braces */
    public static DevicePattern parse(String field, String text) {
        String pattern = Fields.required(field, text);
        PART.matcher(pattern).results().map(part -> part.group(1)).filter(part -> !KNOWN.contains(part)).findFirst().ifPresent(part -> {
            throw new InvalidFieldException(field, "{" + part + "} is unknown; expected {name}, {deviceId} or {address}");
        });
        return new DevicePattern(pattern);
    }

    /** Looks up only what the pattern has; empty where the device has no such part. */
    public Optional<String> fill(ObmDevice device) throws ObmCredentialException, InterruptedException {
        StringBuilder filled = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            Optional<String> value = value(part.group(1), device);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            part.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(part.appendTail(filled).toString());
    }

    private static Optional<String> value(String part, ObmDevice device) throws ObmCredentialException, InterruptedException {
        return switch (part) {
            case "name" -> device.name();
            case "deviceId" -> device.id();
            default -> Optional.of(device.address());
        };
    }
}
