package io.jenkins.plugins.understack.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u00e4\u20ac\ud83d\ude00", "with\u0000null"})
    void readsWhatItWrote(String text) {
        WriteBuffer page = new WriteBuffer();
        TextType.INSTANCE.write(page, text);
        ByteBuffer written = page.getBuffer();
        written.flip();

        assertThat(TextType.INSTANCE.read(written)).isEqualTo(text);
        assertThat(written.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsDamage(int length) {
        WriteBuffer page = new WriteBuffer();
        page.putVarInt(length).putStringData("hello", 5);
        ByteBuffer damaged = page.getBuffer();
        damaged.flip();

        assertThatExceptionOfType(MVStoreException.class)
                .isThrownBy(() -> TextType.INSTANCE.read(damaged))
                .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(DataUtils.ERROR_FILE_CORRUPT))
                .matches(MvFile::isDamage);
    }

    @Test
    void aPageWithMoreEntriesThanThereCanBeIsDamage() {
        assertThat(TextType.INSTANCE.createStorage(49)).hasSize(49);
        assertThatExceptionOfType(MVStoreException.class)
                .isThrownBy(() -> TextType.INSTANCE.createStorage(Integer.MAX_VALUE))
                .matches(MvFile::isDamage);
    }
}
