package io.jenkins.plugins.understack.core.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.jenkins.plugins.understack.core.source.amqp.Messages;
import io.jenkins.plugins.understack.core.text.TextPattern;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Parts of sensors, each beside what it takes the place of. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {
    private static final String CONDITION = ".body.event_type == \"baremetal.port.create.end\" and .body.priority == \"INFO\"";
    private static final String TYPES = "baremetal.port.create.end|baremetal.port.update.end|baremetal.port.delete.end";

    private final JqProgram here = JqProgram.compile("where", CONDITION);
    /** The definition, though of nothing, has it evaluated on a thread of its own. */
    private final JqProgram elsewhere = JqProgram.compile("where", "def nothing: .; " + CONDITION);
    private final TextPattern plain = TextPattern.compile("value", TYPES);
    private final Pattern re2 = Pattern.compile(TYPES);
    private final JsonNode data;
    private final String type;

    public EngineBenchmark() {
        try {
            data = new Messages(true).read().data();
            type = data.at("/body/event_type").textValue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (!here.linear() || elsewhere.linear() || !plain.isPlain()) {
            throw new IllegalStateException("both sides would be the same");
        }
    }

    @Benchmark
    public JsonNode jqOnTheCallersThread() throws Exception {
        return here.first(data);
    }

    @Benchmark
    public JsonNode jqOnItsOwnThread() throws Exception {
        return elsewhere.first(data);
    }

    @Benchmark
    public boolean patternDirectly() {
        return plain.find(type);
    }

    @Benchmark
    public boolean patternByRe2() {
        return re2.matcher(type).find();
    }
}
