package io.jenkins.plugins.understack.core.source;

import java.time.Instant;

/**
 * A message that can never become an event.
 *
 * @param event name of the event that it was meant to be
 * @param id that the protocol gave it, or null
 * @param reason a sentence for a person; nothing of the body
 * @param time when it was received
 * @param body as it came, or the beginning of it where it is too large; not to be changed
 */
public record UnreadableMessage(String source, String event, String id, String reason, Instant time, byte[] body) {
    /** For where it may not be kept. */
    public UnreadableMessage withoutBody() {
        return new UnreadableMessage(source, event, id, reason, time, new byte[0]);
    }

    /** Without the body, which is no text for a log. */
    @Override
    public String toString() {
        return "message " + id + " of " + source + "/" + event + " (" + body.length + " bytes): " + reason;
    }
}
