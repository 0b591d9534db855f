package io.jenkins.plugins.understack.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.understack.core.KeyValueLines;
import io.jenkins.plugins.understack.core.source.amqp.AmqpEvent;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One entry of {@code events} of an AMQP source: queue, binding, and how a message is read. */
public final class AmqpEventConfig extends EventConfig<AmqpEventConfig> {
    private String exchange;
    private String exchangeType = "topic";
    private boolean exchangeDurable = true;
    private List<String> routingKeys = new ArrayList<>();
    private String queue;
    private boolean queueDurable = true;
    private String queueArguments;
    private boolean declare = true;
    private int prefetch = AmqpEvent.DEFAULT_PREFETCH;
    private String consumerTag;
    private String bodyFormat = "json";

    @DataBoundConstructor
    public AmqpEventConfig(String name) {
        super(name);
    }

    public String getExchange() {
        return exchange;
    }

    @DataBoundSetter
    public void setExchange(String exchange) {
        this.exchange = Util.fixEmptyAndTrim(exchange);
    }

    public String getExchangeType() {
        return exchangeType;
    }

    @DataBoundSetter
    public void setExchangeType(String exchangeType) {
        this.exchangeType = exchangeType;
    }

    public boolean isExchangeDurable() {
        return exchangeDurable;
    }

    @DataBoundSetter
    public void setExchangeDurable(boolean exchangeDurable) {
        this.exchangeDurable = exchangeDurable;
    }

    public List<String> getRoutingKeys() {
        return routingKeys;
    }

    /** As the form's text area has them. */
    @Restricted(DoNotUse.class) // Jelly
    public String getRoutingKeysText() {
        return String.join("\n", routingKeys);
    }

    @DataBoundSetter
    public void setRoutingKeys(List<String> routingKeys) {
        this.routingKeys = Lists.lines(routingKeys);
    }

    public String getQueue() {
        return queue;
    }

    @DataBoundSetter
    public void setQueue(String queue) {
        this.queue = Util.fixEmptyAndTrim(queue);
    }

    public boolean isQueueDurable() {
        return queueDurable;
    }

    @DataBoundSetter
    public void setQueueDurable(boolean queueDurable) {
        this.queueDurable = queueDurable;
    }

    public String getQueueArguments() {
        return queueArguments;
    }

    @DataBoundSetter
    public void setQueueArguments(String queueArguments) {
        this.queueArguments = Util.fixEmptyAndTrim(queueArguments);
    }

    public boolean isDeclare() {
        return declare;
    }

    @DataBoundSetter
    public void setDeclare(boolean declare) {
        this.declare = declare;
    }

    public int getPrefetch() {
        return prefetch;
    }

    @DataBoundSetter
    public void setPrefetch(int prefetch) {
        this.prefetch = prefetch;
    }

    public String getConsumerTag() {
        return consumerTag;
    }

    @DataBoundSetter
    public void setConsumerTag(String consumerTag) {
        this.consumerTag = Util.fixEmptyAndTrim(consumerTag);
    }

    public String getBodyFormat() {
        return bodyFormat;
    }

    @DataBoundSetter
    public void setBodyFormat(String bodyFormat) {
        this.bodyFormat = bodyFormat;
    }

    AmqpEvent toCore(String source) {
        return new AmqpEvent(
                getName(),
                new AmqpEvent.Exchange(exchange, exchangeType, exchangeDurable),
                routingKeys,
                new AmqpEvent.Queue(
                        queue == null ? AmqpEvent.defaultQueue(source, getName()) : queue,
                        queueDurable,
                        KeyValueLines.parse("queueArguments", queueArguments)),
                declare,
                prefetch,
                consumerTag,
                AmqpEvent.BodyFormat.parse(bodyFormat),
                identity(),
                getMaxPayloadSize(),
                metadata());
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<AmqpEventConfig> {
        public ComboBoxModel doFillExchangeTypeItems() {
            return new ComboBoxModel("topic", "direct", "fanout", "headers");
        }

        public ListBoxModel doFillBodyFormatItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.AmqpEventConfig_json(), "json"),
                    new ListBoxModel.Option(Messages.AmqpEventConfig_oslo(), "oslo"),
                    new ListBoxModel.Option(Messages.AmqpEventConfig_base64(), "base64"));
        }
    }
}
