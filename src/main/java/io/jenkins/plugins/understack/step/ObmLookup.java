package io.jenkins.plugins.understack.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.understack.config.ObmConfig;
import io.jenkins.plugins.understack.config.UnderstackConfiguration;
import io.jenkins.plugins.understack.core.Digest;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.nautobot.NautobotClient;
import io.jenkins.plugins.understack.core.nautobot.Nautobots;
import io.jenkins.plugins.understack.core.obm.DeviceDirectory;
import io.jenkins.plugins.understack.core.obm.NautobotDevices;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.nautobot.NautobotHttp;
import java.io.Serializable;

/** A step's question for the log-in of a BMC. No record: it is kept with the Pipeline, and not every version of its marshaller has those. */
final class ObmLookup implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final String hostname;
    private final String deviceId;
    private final String ip;

    /** @param step its name, for messages */
    ObmLookup(String step, String hostname, String deviceId, String ip) {
        this.step = step;
        this.hostname = hostname;
        this.deviceId = deviceId;
        this.ip = ip;
    }

    /** Whether a device was named at all. */
    boolean isGiven() {
        return hostname != null || deviceId != null || ip != null;
    }

    /**
     * Asks the configured providers on behalf of the build.
     *
     * @throws AbortException says everything in its message
     */
    ObmCredential find(Run<?, ?> run) throws AbortException, InterruptedException {
        try {
            return ask(run, true);
        } catch (ObmCredentialException | InvalidFieldException e) {
            throw new AbortException(step + ": " + e.getMessage());
        }
    }

    /**
     * Like {@link #find}, but asks a Nautobot that does not answer no second time.
     *
     * @throws InvalidFieldException where too little or too much is given
     */
    ObmCredential ask(Run<?, ?> run) throws ObmCredentialException, InterruptedException {
        return ask(run, false);
    }

    private ObmCredential ask(Run<?, ?> run, boolean patient) throws ObmCredentialException, InterruptedException {
        ObmDevice device = device(run, patient);
        ObmConfig config = UnderstackConfiguration.get().getObm();
        if (config == null) {
            throw new ObmCredentialException("no providers are configured; see Manage Jenkins, System, UnderStack, BMC credentials");
        }
        return config.toCore(run).find(device);
    }

    /**
     * Asks a Nautobot that does not answer no second time.
     *
     * @throws InvalidFieldException where too little or too much is given
     */
    String address(Run<?, ?> run) throws ObmCredentialException, InterruptedException {
        return device(run, false).address();
    }

    /**
     * Asks nothing.
     *
     * @throws InvalidFieldException where too little or too much is given
     */
    void check() {
        ObmDevice.of(hostname, deviceId, ip, null);
    }

    private ObmDevice device(Run<?, ?> run, boolean patient) {
        return ObmDevice.of(hostname, deviceId, ip, nautobot(run, patient));
    }

    /** Begin of the name of a Secret: another for each device, the same each time. */
    String secretName() {
        return "obm-" + Digest.of(toString()).substring(0, 8);
    }

    /** Which device. */
    @Override
    public String toString() {
        return "BMC of " + (hostname != null ? hostname : deviceId != null ? deviceId : ip);
    }

    /** Null where none is configured. */
    private static DeviceDirectory nautobot(Run<?, ?> run, boolean patient) {
        Nautobots nautobots = UnderstackConfiguration.get().nautobots();
        return nautobots.all().isEmpty()
                ? null
                : new NautobotDevices(() -> {
                    NautobotClient client = NautobotHttp.connect(nautobots.pick(null), run, line -> {});
                    return patient ? client : client.withoutRetries();
                });
    }
}
