package dev.stoa.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.live.PeerCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signal protocol section 2.4.8: what clients tell of themselves.
class AnalyticsTest {
    private final Conversation talk = new Conversation();

    private static String notification(String params) {
        return "{\"method\":\"analytics\",\"params\":" + params + "}";
    }

    @Test
    void failuresReachTheRoomWithWhoTheClientIs() {
        talk.say(notification(
                "{\"name\":\"publish.failed\",\"timestamp\":5,\"info\":{\"error_code\":3001,\"timestamp\":4}}"));
        assertThat(talk.command())
                .isEqualTo(new PeerCommand.Report(
                        "publish.failed", Map.of("error_code", 3001, "timestamp", 4), "os:web,sdk:web"));
        assertThat(talk.replies).isEmpty();
        assertThat(talk.counters.reports.sum()).isEqualTo(1);
    }

    @Test
    void measurementsReachTheRoomAsTheyCame() {
        talk.say(notification("""
                {"name":"subscriber.stats","info":{"sequence_num":1,"audio":[{"track_id":"t","samples":[{"timestamp":1}]}]}}
                """));
        assertThat(talk.command())
                .isInstanceOfSatisfying(
                        PeerCommand.Report.class,
                        report -> assertThat(report.info())
                                .containsEntry(
                                        "audio",
                                        List.of(Map.of("track_id", "t", "samples", List.of(Map.of("timestamp", 1))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":7,\"info\":{}}",
                "{\"name\":\"publish.failed\"}",
                "{\"name\":\"publish.failed\",\"info\":[]}",
                "{\"name\":\"join.success\",\"info\":{}}",
                "{\"name\":\"' OR 1=1 --\",\"info\":{}}"
            })
    void everythingElseIsTakenAndForgotten(String params) {
        talk.say(notification(params));
        assertThat(talk.room.commands).isEmpty();
        assertThat(talk.replies).isEmpty();
        assertThat(talk.counters.reportsIgnored.sum()).isEqualTo(1);
        assertThat(talk.counters.malformed.sum()).isZero();
    }

    @Test
    void whoAsksForAnAnswerGetsOne() {
        talk.say(Conversation.request("analytics", "{\"name\":\"join.failed\",\"info\":{}}"));
        assertThat(talk.reply().path("result").isObject()).isTrue();
    }
}
