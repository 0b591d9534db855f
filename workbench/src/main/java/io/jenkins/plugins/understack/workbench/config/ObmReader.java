package io.jenkins.plugins.understack.workbench.config;

import io.jenkins.plugins.understack.core.http.TlsTrust;
import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.SecretUnavailableException;
import io.jenkins.plugins.understack.core.Secrets.UsernamePassword;
import io.jenkins.plugins.understack.core.obm.DeviceMatch;
import io.jenkins.plugins.understack.core.obm.DevicePattern;
import io.jenkins.plugins.understack.core.obm.ObmCredential;
import io.jenkins.plugins.understack.core.obm.ObmCredentialException;
import io.jenkins.plugins.understack.core.obm.ObmDevice;
import io.jenkins.plugins.understack.core.obm.ObmRules;
import io.jenkins.plugins.understack.core.obm.ObmSource;
import io.jenkins.plugins.understack.core.obm.StandardPasswords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code obm}. */
final class ObmReader {
    private ObmReader() {}

    static ObmRules read(YamlMap understack, FileSecrets secrets) throws ConfigurationException {
        List<ObmRules.Rule> rules = new ArrayList<>();
        YamlMap obm = understack.map("obm");
        if (obm != null) {
            for (YamlMap rule : obm.allow("providers", "caCertificate", "insecureSkipVerify").maps("providers")) {
                rule.allow("matches", "provider");
                rules.add(new ObmRules.Rule(matches(rule), provider(rule, secrets)));
            }
        }
        return new ObmRules(rules);
    }

    /** Whose certificates BMCs may have. */
    static TlsTrust trust(YamlMap understack) throws ConfigurationException {
        YamlMap obm = understack.map("obm");
        if (obm == null) {
            return TlsTrust.DEFAULT;
        }
        String authority = obm.text("caCertificate");
        boolean insecure = obm.flag("insecureSkipVerify", false);
        return obm.build(() -> new TlsTrust(authority, insecure));
    }

    private static DeviceMatch matches(YamlMap rule) throws ConfigurationException {
        YamlMap matches = rule.map("matches");
        if (matches == null) {
            return DeviceMatch.ALL;
        }
        matches.allow("names", "roles", "tags");
        List<String> names = matches.texts("names");
        List<String> roles = matches.texts("roles");
        List<String> tags = matches.texts("tags");
        return matches.build(() -> DeviceMatch.parse(names, roles, tags));
    }

    private static ObmSource provider(YamlMap rule, FileSecrets secrets) throws ConfigurationException {
        YamlMap provider = rule.map("provider");
        if (provider == null || provider.names().size() != 1) {
            throw rule.place().error("provider: expected one, for example standardPassword");
        }
        String kind = provider.names().iterator().next();
        return switch (kind) {
            case "standardPassword" -> standardPassword(provider.map(kind), provider, secrets);
            case "jenkinsCredential" -> credential(provider.map(kind), provider, secrets);
            // What plugins add, and what needs a controller: no reason not to read the rest of the file.
            default -> device -> {
                throw new ObmCredentialException(device + ": the provider " + kind + " works in Jenkins only");
            };
        };
    }

    private static ObmSource standardPassword(YamlMap fields, YamlMap provider, FileSecrets secrets) throws ConfigurationException {
        YamlMap given = given(fields, provider, "standardPassword").allow("masterKeyCredentialsId", "userName");
        String masterKey = given.text("masterKeyCredentialsId");
        String user = given.text("userName");
        return given.build(() -> new StandardPasswords(masterKey, user, secrets));
    }

    private static ObmSource credential(YamlMap fields, YamlMap provider, FileSecrets secrets) throws ConfigurationException {
        YamlMap given = given(fields, provider, "jenkinsCredential").allow("id");
        String id = given.text("id");
        DevicePattern pattern = given.build(() -> DevicePattern.parse("id", id));
        return device -> {
            Optional<String> wanted = pattern.fill(device);
            return wanted.isPresent() && secrets.has(wanted.get()) ? Optional.of(login(wanted.get(), device, secrets)) : Optional.empty();
        };
    }

    private static ObmCredential login(String id, ObmDevice device, FileSecrets secrets) throws ObmCredentialException {
        try {
            UsernamePassword login = secrets.usernamePassword(id);
            return new ObmCredential(login.username(), login.password());
        } catch (SecretUnavailableException e) {
            throw new ObmCredentialException(device + ": " + e.getMessage());
        } catch (InvalidFieldException e) {
            throw new ObmCredentialException(device + ": credential \"" + id + "\": " + e.getMessage());
        }
    }

    private static YamlMap given(YamlMap fields, YamlMap provider, String kind) throws ConfigurationException {
        if (fields == null) {
            throw provider.place().error(kind + ": is empty; expected its fields");
        }
        return fields;
    }
}
