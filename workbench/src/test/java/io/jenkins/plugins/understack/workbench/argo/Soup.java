package io.jenkins.plugins.understack.workbench.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Random texts of the pieces of a language, with a seed. */
public final class Soup {
    private Soup() {}

    /** Each is translated to a program that compiles, or refused with words; nothing else is thrown. */
    public static void check(List<String> pieces, Function<String, Translation> translator) {
        Random random = new Random(42);
        int programs = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                boolean piece = random.nextInt(20) != 0;
                text.append(piece ? pieces.get(random.nextInt(pieces.size())) : String.valueOf((char) random.nextInt(0x250)));
            }
            Translation translation = translator.apply(text.toString());
            if (translation instanceof Translation.Program program) {
                programs++;
                JqProgram.compile(text.toString(), program.jq());
            } else {
                assertThat(((Translation.Refused) translation).reason()).as(text.toString()).contains("column ").contains(": ");
            }
        }
        assertThat(programs).isPositive();
    }

    /** A text that is nested or repeated without end is refused like any other. */
    public static void checkDepth(String open, Function<String, Translation> translator) {
        assertThat(translator.apply(open.repeat(50_000))).isInstanceOf(Translation.Refused.class);
    }
}
