package io.jenkins.plugins.understack.core.obm;

import java.util.List;
import java.util.Optional;

/** Where the log-in of which device comes from: the first rule that is for the device and has one. */
public record ObmRules(List<Rule> rules) {
    public record Rule(DeviceMatch matches, ObmSource source) {}

    public ObmRules {
        rules = List.copyOf(rules);
    }

    /** @throws ObmCredentialException where no rule has one, or the one that should have it fails */
    public ObmCredential find(ObmDevice device) throws ObmCredentialException, InterruptedException {
        int asked = 0;
        for (Rule rule : rules) {
            if (rule.matches().test(device)) {
                asked++;
                Optional<ObmCredential> credential = rule.source().find(device);
                if (credential.isPresent()) {
                    return credential.get();
                }
            }
        }
        throw new ObmCredentialException(device + ": no credential. Of the " + rules.size() + " rules in obm.providers " + asked
                + (asked == 1 ? " is" : " are") + " for it"
                + (asked == 0 ? "" : ", and none has one")
                + (device.isNamed() ? "" : "; rules with names, roles or tags need hostname or deviceId"));
    }
}
