package dev.stoa.api.polls;

import dev.stoa.api.http.Times;
import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Polls and answers as the API shows them.
final class PollViews {
    private PollViews() {}

    static Map<String, Object> poll(PollDefinition poll) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", poll.id());
        json.put("title", poll.info().title());
        json.put("duration", poll.info().durationSeconds());
        json.put("anonymous", poll.info().anonymous());
        json.put("visibility", poll.info().visibility());
        json.put("mode", poll.info().mode().word());
        json.put("type", poll.info().type().word());
        json.put("start", poll.autoStart() ? "auto" : "manual");
        json.put("vote", poll.info().vote());
        json.put("responses", poll.info().responses());
        json.put("questions", poll.questions().stream().map(PollViews::question).toList());
        json.put("created_at", Times.text(poll.createdAt()));
        json.put("updated_at", Times.text(poll.updatedAt()));
        return json;
    }

    static Map<String, Object> question(PollQuestion question) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("index", question.index());
        json.put("text", question.text());
        json.put("format", question.format());
        json.put("attachment", question.attachments());
        json.put("skippable", question.skippable());
        json.put("duration", question.durationSeconds());
        json.put("once", question.once());
        json.put("weight", question.weight());
        json.put("negative", question.negative());
        json.put("answer_min_len", question.minLength());
        json.put("answer_max_len", question.maxLength());
        json.put("type", question.type().word());
        json.put("answer", answer(question.answer()));
        json.put("options", question.options().stream().map(PollViews::option).toList());
        return json;
    }

    static Map<String, Object> option(PollOption option) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("index", option.index());
        json.put("text", option.text());
        json.put("weight", option.weight());
        return json;
    }

    private static Map<String, Object> answer(PollAnswer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hidden", answer.hidden());
        json.put("options", answer.options());
        putIfSet(json, "text", answer.text());
        json.put("case", answer.caseSensitive());
        json.put("trim", answer.trim());
        return json;
    }

    static Map<String, Object> run(PollRepository.RunSummary run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", run.id());
        json.put("poll_id", run.pollId());
        json.put("session_id", run.sessionId());
        json.put("started_at", Times.text(run.startedAt()));
        Instant stoppedAt = run.stoppedAt();
        putIfSet(json, "stopped_at", stoppedAt == null ? null : Times.text(stoppedAt));
        json.put("total_responses", run.responses());
        json.put("unique_participants", run.voters());
        return json;
    }

    static Map<String, Object> response(StoredResponse stored) {
        PollResponse response = stored.response();
        Map<String, Object> json = common(stored);
        json.put("skipped", response.skipped());
        putIfSet(json, "text", response.text());
        List<Integer> options = response.options();
        if (response.type() == QuestionType.SINGLE_CHOICE && !options.isEmpty()) {
            json.put("option", options.getFirst());
        }
        if (!options.isEmpty()) {
            json.put("options", options);
        }
        json.put("update", response.update());
        putIfSet(json, "original_response", response.original());
        json.put("retries", response.retries());
        json.put("sent_at", Times.text(Instant.ofEpochMilli(response.sentAtMs())));
        return json;
    }

    static Map<String, Object> result(StoredResponse stored) {
        Map<String, Object> json = common(stored);
        json.put("score", stored.response().score());
        return json;
    }

    private static Map<String, Object> common(StoredResponse stored) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", stored.response().id());
        json.put("poll_id", stored.poll().pollId());
        json.put("session_id", stored.poll().sessionId());
        json.put("question", stored.response().question());
        json.put("duration", stored.response().durationMs());
        putIfSet(json, "peer_id", stored.peerId());
        putIfSet(json, "user_id", stored.userId());
        return json;
    }

    private static void putIfSet(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
