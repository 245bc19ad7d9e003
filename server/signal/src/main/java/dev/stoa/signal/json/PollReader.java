package dev.stoa.signal.json;

import dev.stoa.rooms.live.PollCommand;
import dev.stoa.rooms.poll.PollAnswer;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollOption;
import dev.stoa.rooms.poll.PollQuestion;
import dev.stoa.rooms.poll.PollRules;
import dev.stoa.rooms.poll.PollState;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.Vote;
import dev.stoa.rooms.poll.VoterIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads requests about polls (protocol section 2.13). Web clients send their own objects along with the wire's; the
/// wire's names win. Whether a poll makes sense is the room's business.
final class PollReader {
    private static final int MAX_ID = 256;
    private static final int MAX_WORD = 32;
    private static final int MAX_NAME = 512;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_LIST = 100;
    private static final int MAX_COUNT = 100;
    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_OFFSET = 1_000_000;

    private PollReader() {}

    /// Null when the method is none of these. Problems are left in `fields`.
    static @Nullable PollCommand read(String method, Fields fields) {
        return switch (method) {
            case "poll-info-set" -> new PollCommand.SetInfo(optionalId(fields), info(fields));
            case "poll-info-get" -> new PollCommand.GetInfo(id(fields));
            case "poll-questions-set" -> new PollCommand.SetQuestions(id(fields), questions(fields));
            case "poll-questions-get" ->
                new PollCommand.GetQuestions(id(fields), offset(fields, "index"), count(fields));
            case "poll-start" -> new PollCommand.Start(id(fields));
            case "poll-stop" -> new PollCommand.Stop(id(fields));
            case "poll-response" -> new PollCommand.Respond(id(fields), votes(fields));
            case "poll-responses" ->
                new PollCommand.GetResponses(
                        id(fields), offset(fields, "index"), count(fields), fields.flagOr("self", false));
            case "poll-list" ->
                new PollCommand.ListPolls(state(fields), count(fields), fields.optionalText("start", MAX_ID));
            case "poll-result" -> new PollCommand.GetResult(id(fields));
            case "poll-leaderboard" ->
                new PollCommand.GetLeaderboard(
                        id(fields), offset(fields, "offset"), count(fields), offset(fields, "question"));
            default -> null;
        };
    }

    private static String id(Fields fields) {
        return fields.text("poll_id", MAX_ID);
    }

    private static @Nullable String optionalId(Fields fields) {
        String id = fields.optionalText("poll_id", MAX_ID);
        return id == null || id.isEmpty() ? null : id;
    }

    private static int count(Fields fields) {
        return Math.clamp(fields.integerOr("count", DEFAULT_COUNT), 1, MAX_COUNT);
    }

    private static int offset(Fields fields, String name) {
        return Math.clamp(fields.integerOr(name, 0), 0, MAX_OFFSET);
    }

    private static PollInfo info(Fields fields) {
        return new PollInfo(
                fields.text("title", MAX_TEXT),
                type(fields),
                fields.integerOr("duration", 0),
                fields.flagOr("anonymous", false),
                fields.flagOr("visibility", false),
                fields.flagOr("locked", false),
                mode(fields),
                fields.texts("vote", MAX_LIST, MAX_NAME),
                fields.texts("responses", MAX_LIST, MAX_NAME));
    }

    private static PollType type(Fields fields) {
        PollType type = PollType.of(fields.textOr("type", MAX_WORD, PollType.POLL.word()));
        if (type == null) {
            fields.fail("type is neither poll nor quiz");
        }
        return type == null ? PollType.POLL : type;
    }

    private static VoterIdentity mode(Fields fields) {
        VoterIdentity mode = VoterIdentity.of(fields.textOr("mode", MAX_WORD, VoterIdentity.USERID.word()));
        if (mode == null) {
            fields.fail("mode is none of userid, peerid, username");
        }
        return mode == null ? VoterIdentity.USERID : mode;
    }

    private static @Nullable PollState state(Fields fields) {
        String word = fields.optionalText("state", MAX_WORD);
        if (word == null) {
            return null;
        }
        PollState state = PollState.of(word);
        if (state == null) {
            fields.fail("state is none of created, started, stopped");
        }
        return state;
    }

    private static List<PollQuestion> questions(Fields fields) {
        List<PollQuestion> questions = new ArrayList<>();
        for (Fields item : fields.objects("questions", MAX_LIST)) {
            questions.add(question(item, questions.size() + 1));
            fields.adopt("questions", item);
        }
        return questions;
    }

    private static PollQuestion question(Fields item, int position) {
        Fields question = item.object("question");
        QuestionType type = QuestionType.of(question.text("type", MAX_WORD));
        if (type == null) {
            question.fail("type is no type of question");
        }
        PollQuestion read = new PollQuestion(
                question.integerOr("index", position),
                question.text("text", MAX_TEXT),
                type == null ? QuestionType.LONG_ANSWER : type,
                question.textOr("format", MAX_WORD, "text"),
                List.of(),
                question.flagOr("skippable", true),
                question.integerOr("duration", 0),
                question.flagOr("once", false),
                question.integerOr("weight", 1),
                question.flagOr("negative", false),
                question.integerOr("answer_min_len", question.integerOr("answerMinLen", 0)),
                question.integerOr("answer_max_len", question.integerOr("answerMaxLen", PollRules.MAX_ANSWER)),
                options(item),
                answer(item));
        item.adopt("question", question);
        return read;
    }

    private static List<PollOption> options(Fields item) {
        List<PollOption> options = new ArrayList<>();
        for (Fields option : item.objects("options", MAX_LIST)) {
            options.add(new PollOption(
                    option.integerOr("index", options.size() + 1),
                    option.text("text", MAX_TEXT),
                    option.integerOr("weight", 0)));
            item.adopt("options", option);
        }
        return options;
    }

    private static PollAnswer answer(Fields item) {
        if (!item.has("answer")) {
            return PollAnswer.NONE;
        }
        Fields answer = item.object("answer");
        List<Integer> right = new ArrayList<>(answer.integers("options", MAX_LIST));
        if (answer.has("option")) {
            right.add(answer.integerOr("option", 0));
        }
        PollAnswer read = new PollAnswer(
                answer.flagOr("hidden", false),
                right,
                answer.optionalText("text", MAX_TEXT),
                answer.flagOr("case", false),
                answer.flagOr("trim", false));
        item.adopt("answer", answer);
        return read;
    }

    private static List<Vote> votes(Fields fields) {
        List<Vote> votes = new ArrayList<>();
        for (Fields item : fields.objects("responses", MAX_LIST)) {
            votes.add(vote(item));
            fields.adopt("responses", item);
        }
        return votes;
    }

    private static Vote vote(Fields item) {
        List<Integer> options = new ArrayList<>(item.integers("options", MAX_LIST));
        if (item.has("option")) {
            options.add(item.integerOr("option", -1));
        }
        Long durationMs = item.optionalInteger("duration");
        if (!item.has("question")) {
            item.fail("question is missing");
        }
        return new Vote(
                item.integerOr("question", 0),
                options,
                item.optionalText("text", MAX_TEXT),
                item.flagOr("skipped", false),
                durationMs == null ? 0 : durationMs);
    }
}
