package io.jenkins.plugins.understack.core.redfish.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.understack.core.event.Json;
import io.jenkins.plugins.understack.core.redfish.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class TaskDocumentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'TaskState':'New'} | RUNNING",
                "{'TaskState':'Suspended'} | RUNNING",
                "{'TaskState':'Completed','TaskStatus':'OK'} | GOOD",
                "{'TaskState':'Completed','TaskStatus':'Critical'} | BAD",
                "{'TaskState':'Exception'} | BAD",
                "{'TaskState':'Killed'} | BAD",
                "{'TaskState':'Cancelled'} | BAD",
                "{'JobState':'Scheduled','PercentComplete':0} | RUNNING",
                "{'JobState':'RebootCompleted'} | GOOD",
                "{'JobState':'CompletedWithErrors','Message':'m'} | BAD",
                "{'Oem':{'Hpe':{'State':'Writing','FlashProgressPercent':30}}} | RUNNING",
                "{'Oem':{'Hpe':{'State':'Idle'}}} | IDLE",
                "{'Oem':{'Hpe':{'State':'Complete'}}} | GOOD",
                "{'Oem':{'Hpe':{'State':'Error'}}} | BAD",
                "{'State':'PROGRESSING'} | RUNNING",
                "{'State':'COMPLETED'} | GOOD",
                "{'State':'ERROR'} | BAD",
                "{'Members':[]} | IDLE"})
    void outcomes(String json, TaskDocument.Outcome outcome) throws Exception {
        assertThat(TaskDocument.of(new Reply(200, null, Json.parse(json.replace('\'', '"')))).outcome()).isEqualTo(outcome);
    }

    @Test
    void monitors() {
        assertThat(TaskDocument.of(new Reply(202, null, Json.MAPPER.missingNode())).outcome()).isEqualTo(TaskDocument.Outcome.RUNNING);
        assertThat(TaskDocument.of(new Reply(204, null, Json.MAPPER.missingNode())).outcome()).isEqualTo(TaskDocument.Outcome.GOOD);
    }

    @Test
    void detailsOfOtherDialects() throws Exception {
        TaskDocument job = TaskDocument.of(new Reply(200, null, Json.parse("{\"JobState\":\"Failed\",\"Message\":\"m\",\"PercentComplete\":7}")));
        assertThat(job.messages()).containsExactly("m");
        assertThat(job.percent()).isEqualTo(7);
        TaskDocument ilo = TaskDocument.of(new Reply(
                200, null, Json.parse("{\"Oem\":{\"Hpe\":{\"State\":\"Error\",\"Result\":{\"MessageId\":\"Update.0.1.ImageInvalid\"}}}}")));
        assertThat(ilo.messages()).containsExactly("Update.0.1.ImageInvalid");
    }
}
