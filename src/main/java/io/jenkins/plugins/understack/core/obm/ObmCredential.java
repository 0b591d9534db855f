package io.jenkins.plugins.understack.core.obm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.understack.core.InvalidFieldException;

/**
 * What one logs in to a BMC with. Neither its text nor its JSON has the password.
 *
 * @param user for example {@code root}
 * @param password as it is sent; blanks belong to it
 */
public record ObmCredential(String user, @JsonIgnore String password) {
    public ObmCredential {
        if (user == null || user.isBlank()) {
            throw new InvalidFieldException("user", "is empty; expected the name of a BMC's account, such as root");
        }
        if (password == null || password.isEmpty()) {
            throw new InvalidFieldException("password", "is empty; expected that of the BMC's account");
        }
    }

    @Override
    public String toString() {
        return "ObmCredential[user=" + user + "]";
    }
}
