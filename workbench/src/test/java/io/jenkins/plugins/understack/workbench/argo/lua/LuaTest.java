package io.jenkins.plugins.understack.workbench.argo.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.jq.JqProgram;
import io.jenkins.plugins.understack.workbench.argo.Soup;
import io.jenkins.plugins.understack.workbench.argo.translate.Translation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuaTest {
    @Test
    void randomTextIsTranslatedOrRefused() {
        List<String> pieces = List.of(
                "event", ".a", "[1]", " = ", " == ", "'x'", "1 ", "return ", "if ", " then ", " else ", " elseif ", " end ", "local x = ", "x ", "and ",
                "or ", "not ", "nil ", "true ", "(", ")", "{", "}", ", ", "..", " + ", "#", "\n", "-- c\n", "for ", "return event", "event.a = 1\n");
        Soup.check(pieces, Lua::transformToJq);
        Soup.check(pieces, Lua::filterToJq);
    }

    @ParameterizedTest
    @ValueSource(strings = {"return (", "if event.a then ", "return {", "return not ", "return event[", "return 1 + "})
    void depthIsBounded(String open) {
        Soup.checkDepth(open.startsWith("if") ? open : open.substring("return ".length()), text ->
                Lua.filterToJq(text.startsWith("if") ? text : "return " + text));
    }

    @Test
    void manyConditionsAreRefusedBeforeTheProgramGrowsWithoutEnd() {
        String script = "if event.a then event.b = 1 end\n".repeat(40) + "return event";

        assertThat(((Translation.Refused) Lua.transformToJq(script)).reason()).contains("the program would become too long");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '^', value = {
        "for i = 1, 2 do end                 => column 1: \"for\" is not translated; write the script as a jq program, where map(…), select(…) or"
                + " reduce take the place of loops",
        "return string.find(event.a, 'x')    => column 8: calls but tostring(…) are not translated",
        "print(event)                        => column 1: calls are not translated",
        "local function f() end              => column 7: functions are not translated",
        "return os                           => column 8: os is not set before; the data is in event, and Lua's libraries",
        "local b = event.body b.x = 1        => column 22: b may be a part of event; assign to event.… itself",
        "local e = event return e            => column 1: event gets a second name",
        "event = {}                          => column 1: event itself is assigned to",
        "event.a = 5                         => column 12: the script ends without a table; expected return event",
    })
    void refusalsNameTheConstructAndItsPlace(String script, String reason) {
        assertThat(((Translation.Refused) Lua.transformToJq(script)).reason()).startsWith(reason);
    }

    @Test
    void theLineIsNamedOfALongerScript() {
        assertThat(((Translation.Refused) Lua.filterToJq("local a = 1\n  while a do end")).reason()).startsWith("line 2, column 3: ");
    }

    /** Two names for one table that changes would be two tables here. */
    @Test
    void aTableWithASecondNameThatChangesIsAnError() throws Exception {
        Translation.Program program = (Translation.Program) Lua.transformToJq("event.b = event.a\nevent.a.x = 2\nreturn event");
        JqProgram jq = JqProgram.compile("jq", program.jq());

        assertThatThrownBy(() -> jq.first(Json.parse("{\"a\": {\"x\": 1}}"))).hasMessageContaining("a table gets a second name");
    }
}
