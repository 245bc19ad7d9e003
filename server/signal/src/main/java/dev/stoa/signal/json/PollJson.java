package dev.stoa.signal.json;

import dev.stoa.rooms.poll.LivePoll;
import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollView;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.Voter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects of polls as the protocol writes them (section 3.3.9).
final class PollJson {
    private PollJson() {}

    static ObjectNode poll(JsonMapper json, PollView poll) {
        PollInfo info = poll.info();
        ObjectNode node = json.createObjectNode()
                .put("poll_id", poll.id())
                .put("title", info.title())
                .put("type", info.type().word())
                .put("state", poll.state().word())
                .put("mode", info.mode().word())
                .put("duration", info.durationSeconds())
                .put("anonymous", info.anonymous())
                .put("visibility", info.visibility())
                .put("locked", info.locked() || poll.startedAtMs() != 0)
                .put("questions_count", poll.questions())
                .put("created_at", poll.createdAtMs());
        node.set("vote", PeerJson.texts(info.vote()));
        node.set("responses", PeerJson.texts(info.responses()));
        putIfThere(node, "created_by", poll.createdBy());
        putIfThere(node, "started_by", poll.startedBy());
        putIfThere(node, "stopped_by", poll.stoppedBy());
        putTime(node, "started_at", poll.startedAtMs());
        putTime(node, "stopped_at", poll.stoppedAtMs());
        return node;
    }

    private static void putIfThere(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void putTime(ObjectNode node, String name, long ms) {
        if (ms != 0) {
            node.put(name, ms);
        }
    }

    static ObjectNode question(JsonMapper json, PollQuestion question) {
        ObjectNode node = json.createObjectNode();
        node.putObject("question")
                .put("index", question.index())
                .put("text", question.text())
                .put("type", question.type().word())
                .put("format", question.format())
                .put("skippable", question.skippable())
                .put("duration", question.durationSeconds())
                .put("once", question.once())
                .put("weight", question.weight())
                .put("negative", question.negative())
                .put("answer_min_len", question.minLength())
                .put("answer_max_len", question.maxLength());
        if (question.type().isChoice()) {
            ArrayNode options = node.putArray("options");
            question.options().forEach(option -> options.add(option(json, option)));
        }
        node.set("answer", answer(json, question));
        return node;
    }

    private static ObjectNode option(JsonMapper json, PollOption option) {
        ObjectNode node = json.createObjectNode().put("index", option.index()).put("text", option.text());
        return option.weight() == 0 ? node : node.put("weight", option.weight());
    }

    private static ObjectNode answer(JsonMapper json, PollQuestion question) {
        PollAnswer answer = question.answer();
        ObjectNode node = json.createObjectNode().put("hidden", answer.hidden());
        putChoice(node, question.type(), answer.options());
        if (answer.text() != null) {
            node.put("text", answer.text()).put("case", answer.caseSensitive()).put("trim", answer.trim());
        }
        return node;
    }

    private static void putChoice(ObjectNode node, QuestionType type, List<Integer> options) {
        if (options.isEmpty()) {
            return;
        }
        if (type == QuestionType.SINGLE_CHOICE) {
            node.put("option", options.getFirst());
        } else {
            ArrayNode list = node.putArray("options");
            options.forEach(list::add);
        }
    }

    /// @param anonymous true: the voter stays unnamed; the object must be there
    static ObjectNode response(JsonMapper json, LivePoll.Given given, boolean anonymous) {
        PollResponse response = given.response();
        ObjectNode node = json.createObjectNode().put("final", true);
        ObjectNode said = node.putObject("response")
                .put("response_id", response.id())
                .put("question", response.question())
                .put("type", response.type().word())
                .put("skipped", response.skipped())
                .put("update", response.update())
                .put("duration", response.durationMs());
        putChoice(said, response.type(), response.options());
        putIfThere(said, "text", response.text());
        node.set("peer", anonymous ? unnamed(json) : voter(json, given.voter()));
        return node;
    }

    private static ObjectNode unnamed(JsonMapper json) {
        return json.createObjectNode()
                .put("hash", "")
                .put("peerid", "")
                .put("userid", "")
                .put("username", "");
    }

    static ObjectNode voter(JsonMapper json, Voter voter) {
        return json.createObjectNode()
                .put("hash", voter.hash())
                .put("peerid", voter.peerId())
                .put("userid", voter.userId())
                .put("username", voter.name());
    }

    static ObjectNode tally(JsonMapper json, PollTally tally) {
        ObjectNode node = json.createObjectNode()
                .put("poll_id", tally.pollId())
                .put("max_user", tally.maxUsers())
                .put("user_count", tally.voters())
                .put("total_response", tally.responses());
        ArrayNode questions = node.putArray("questions");
        tally.questions().forEach(question -> questions.add(question(json, question)));
        return node;
    }

    private static ObjectNode question(JsonMapper json, PollTally.Question question) {
        ObjectNode node = json.createObjectNode()
                .put("question", question.question())
                .put("type", question.type().word())
                .put("skipped", question.skipped())
                .put("total", question.total());
        Integer correct = question.correct();
        if (correct != null) {
            node.put("correct", correct);
        }
        if (question.type().isChoice()) {
            ArrayNode options = node.putArray("options");
            question.options().forEach(options::add);
        }
        return node;
    }
}
