package io.jenkins.plugins.understack.core.obm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.InvalidFieldException;
import io.jenkins.plugins.understack.core.event.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardPasswordTest {
    @ParameterizedTest
    @CsvSource({
        "10.3.2.30, ultra-secret string,           Vbyf7AFhiY2phtD1vcF0",
        "1.2.3.4,   new secret string,             M5CacBLC/4eVuaTmoH8v",
        "1.2.3.4,   ultra-secret credential value, 1MlzcjJ7bnICKp98wrdx",
    })
    void isTheOneOfUnderStack(String address, String key, String password) {
        assertThat(StandardPassword.of(key, address)).isEqualTo(new ObmCredential("root", password));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {
        "elephants", "1.2.3", "1.2.3.4.", "1.2.3.256", "01.2.3.4", " 1.2.3.4", "1.2.3.4\n", "1.2.3.4/24", "127.1", "16909060", "1.2.3.4.5",
        "1::2::3", ":::", ":", "fe80::1%eth0", "[::1]", "12345::", "localhost"
    })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> StandardPassword.of("ultra-secret string", address))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("address: ")
                .hasMessageNotContaining("ultra");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void refusesAnEmptyKey(String key) {
        assertThatThrownBy(() -> StandardPassword.of(key, "1.2.3.4"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("masterKey: is empty");
    }

    @Test
    void takesAnAddressOfIpv6InTheFormThatIsWritten() {
        assertThat(StandardPassword.of("key", "2001:db8::1").password())
                .hasSize(20)
                .isNotEqualTo(StandardPassword.of("key", "2001:db8:0:0:0:0:0:1").password());
    }

    @Test
    void keysMayHaveCharactersOfAnyLanguage() {
        // python3 -c "import base64,hashlib; print(base64.b64encode(hashlib.pbkdf2_hmac('sha256','schlüssel1.2.3.4'.encode(),b'NaCl',100000,15)))"
        assertThat(StandardPassword.of("schlüssel", "1.2.3.4").password()).isEqualTo("1J5Ep+OHF3UAH6HZrfuV");
    }

    @Test
    void aCredentialDoesNotTellItsPassword() throws Exception {
        ObmCredential credential = new ObmCredential("root", "calvin");

        assertThat(credential).hasToString("ObmCredential[user=root]");
        assertThat(Json.MAPPER.writeValueAsString(credential)).isEqualTo("{\"user\":\"root\"}");
        assertThatThrownBy(() -> new ObmCredential(" ", "calvin")).hasMessageStartingWith("user: is empty").hasMessageNotContaining("calvin");
        assertThatThrownBy(() -> new ObmCredential("root", "")).hasMessageStartingWith("password: is empty");
    }
}
