package io.jenkins.plugins.understack.workbench.cps;

import io.jenkins.plugins.understack.core.Secrets;
import io.jenkins.plugins.understack.core.dispatch.Configuration;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.openstack.Clouds;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The steps that workflows may call, by name. Immutable. */
public final class Steps {
    private final Map<String, Step> byName = new TreeMap<>();

    public Steps(List<Step> steps) {
        steps.forEach(step -> byName.put(step.name(), step));
    }

    /**
     * All that the workbench has.
     *
     * @param bmcs those of the network, or simulated ones
     * @param openstacks the same
     */
    public static Steps of(Configuration configuration, Secrets secrets, ObmRules obm, Bmcs bmcs, Openstacks openstacks) {
        NautobotAccess nautobots = new NautobotAccess(configuration.nautobots(), secrets);
        GetObmCredsStep getObmCreds = new GetObmCredsStep(obm, nautobots.directory());
        return new Steps(List.of(
                new EchoStep(),
                new ErrorStep(),
                new EventDataStep(),
                new NautobotQueryStep(nautobots),
                new NautobotGraphqlStep(nautobots),
                DeviceStep.getDevice(nautobots),
                DeviceStep.getObmIp(nautobots),
                getObmCreds,
                new WithObmCredsStep(getObmCreds),
                new ObmSyncCredsStep(bmcs),
                new ObmFirmwareUpdateStep(bmcs),
                new ObmBiosSettingsStep(bmcs),
                new ObmBmcSettingsStep(bmcs),
                new ObmInventoryStep(bmcs),
                new ObmPowerStep(bmcs),
                new ObmBootOnceStep(bmcs),
                new OpenstackQueryStep(openstacks),
                new IronicProvisionStep(openstacks)));
    }

    /** Without an OpenStack. */
    public static Steps of(Configuration configuration, Secrets secrets, ObmRules obm, Bmcs bmcs) {
        return of(configuration, secrets, obm, bmcs, Openstacks.real(Clouds.NONE, secrets));
    }

    Step find(String name) {
        return byName.get(name);
    }

    Set<String> names() {
        return byName.keySet();
    }
}
