package dev.stoa.signal.json;

import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.PollReply;
import dev.stoa.rooms.poll.Leaderboard;
import dev.stoa.rooms.poll.PollTally;
import dev.stoa.rooms.poll.PollView;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Results of requests about polls (protocol section 2.13).
final class PollReplyJson {
    /// Mobile SDKs insist on it.
    private static final String VERSION = "1.0";

    private PollReplyJson() {}

    static ObjectNode write(JsonMapper json, PollReply reply) {
        return switch (reply) {
            case PollReply.Saved(String id) -> versioned(json, id);
            case PollReply.Info(PollView poll) -> PollJson.poll(json, poll);
            case PollReply.QuestionsSaved(String id, int total) ->
                versioned(json, id).put("total_questions", total);
            case PollReply.Questions page -> questions(json, page);
            case PollReply.Switched(String id, int seconds) ->
                json.createObjectNode().put("poll_id", id).put("duration", seconds);
            case PollReply.Judged judged -> judged(json, judged);
            case PollReply.Responses page -> responses(json, page);
            case PollReply.Polls page -> polls(json, page);
            case PollReply.Result(PollTally tally) -> PollJson.tally(json, tally);
            case PollReply.Ranking(String id, Leaderboard board) -> leaderboard(json, id, board);
        };
    }

    private static ObjectNode versioned(JsonMapper json, String pollId) {
        return json.createObjectNode().put("poll_id", pollId).put("version", VERSION);
    }

    private static ObjectNode questions(JsonMapper json, PollReply.Questions page) {
        ObjectNode node = versioned(json, page.pollId()).put("last", page.last());
        ArrayNode list = node.putArray("questions");
        page.questions().forEach(question -> list.add(PollJson.question(json, question)));
        return node;
    }

    private static ObjectNode judged(JsonMapper json, PollReply.Judged judged) {
        ObjectNode node = versioned(json, judged.pollId());
        ArrayNode list = node.putArray("result");
        for (PollReply.Judgement judgement : judged.judgements()) {
            ObjectNode one = list.addObject().put("question", judgement.question());
            Boolean correct = judgement.correct();
            CommandResult.Refused error = judgement.error();
            if (correct != null) {
                one.put("correct", correct);
            }
            if (error != null) {
                one.putObject("error")
                        .put("code", error.code())
                        .put("message", error.message())
                        .put("description", error.message());
            }
        }
        return node;
    }

    private static ObjectNode responses(JsonMapper json, PollReply.Responses page) {
        ObjectNode node = versioned(json, page.pollId()).put("last", page.last());
        ArrayNode list = node.putArray("responses");
        page.responses().forEach(given -> list.add(PollJson.response(json, given, page.anonymous())));
        return node;
    }

    private static ObjectNode polls(JsonMapper json, PollReply.Polls page) {
        ObjectNode node = json.createObjectNode().put("last", page.last());
        ArrayNode list = node.putArray("polls");
        page.polls().forEach(poll -> list.add(PollJson.poll(json, poll)));
        return node;
    }

    private static ObjectNode leaderboard(JsonMapper json, String pollId, Leaderboard board) {
        ObjectNode node = json.createObjectNode()
                .put("poll_id", pollId)
                .put("total_users", board.totalUsers())
                .put("voted_users", board.votedUsers())
                .put("correct_users", board.correctUsers())
                .put("avg_time", board.avgTimeMs())
                .put("avg_score", board.avgScore())
                .put("last", board.last());
        ArrayNode entries = node.putArray("questions");
        for (Leaderboard.Entry entry : board.entries()) {
            entries.addObject()
                    .put("position", entry.position())
                    .put("score", entry.score())
                    .put("total_responses", entry.responses())
                    .put("correct_responses", entry.correct())
                    .put("duration", entry.durationMs())
                    .set("peer", PollJson.voter(json, entry.voter()));
        }
        return node;
    }
}
