package dev.stoa.rooms.poll;

import dev.stoa.rooms.input.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads polls, questions and options as the public API writes them. Indices may be left out; a list counts by itself.
final class PollReader {
    private static final int LONGEST = 4096;
    private static final List<String> TYPES = words(Stream.of(PollType.values()).map(PollType::word));
    private static final List<String> MODES =
            words(Stream.of(VoterIdentity.values()).map(VoterIdentity::word));
    private static final List<String> KINDS =
            words(Stream.of(QuestionType.values()).map(QuestionType::word));
    private static final List<String> STARTS = List.of("auto", "manual");

    private PollReader() {}

    private static List<String> words(Stream<String> words) {
        return words.toList();
    }

    /// @param autoStart see [PollDefinition]
    record Draft(PollInfo info, boolean autoStart, List<PollQuestion> questions) {}

    static Draft poll(Fields fields) {
        PollInfo info = new PollInfo(
                text(fields, "title"),
                Objects.requireNonNullElse(PollType.of(word(fields, "type", TYPES, "poll")), PollType.POLL),
                number(fields, "duration", 0),
                fields.flag("anonymous", false),
                fields.flag("visibility", false),
                false,
                Objects.requireNonNullElse(
                        VoterIdentity.of(word(fields, "mode", MODES, "userid")), VoterIdentity.USERID),
                texts(fields, "vote"),
                texts(fields, "responses"));
        List<PollQuestion> questions = new ArrayList<>();
        for (Fields question : objects(fields, "questions")) {
            questions.add(question(question, questions.size() + 1));
        }
        boolean auto = word(fields, "start", STARTS, "auto").equals("auto");
        return new Draft(info, auto, questions);
    }

    /// @param index when the question does not say
    static PollQuestion question(Fields fields, int index) {
        List<PollOption> options = new ArrayList<>();
        for (Fields option : objects(fields, "options")) {
            options.add(option(option, options.size() + 1));
        }
        List<PollAttachment> attachments = new ArrayList<>();
        for (Fields attachment : objects(fields, "attachment")) {
            attachments.add(new PollAttachment(text(attachment, "type"), text(attachment, "url")));
        }
        return new PollQuestion(
                number(fields, "index", index),
                text(fields, "text"),
                Objects.requireNonNullElse(
                        QuestionType.of(word(fields, "type", KINDS, "single-choice")), QuestionType.SINGLE_CHOICE),
                word(fields, "format", List.of("text"), "text"),
                attachments,
                fields.flag("skippable", true),
                number(fields, "duration", 0),
                fields.flag("once", false),
                number(fields, "weight", 1),
                fields.flag("negative", false),
                number(fields, "answer_min_len", 0),
                number(fields, "answer_max_len", PollRules.MAX_ANSWER),
                options,
                answer(fields.object("answer")));
    }

    static PollOption option(Fields fields, int index) {
        return new PollOption(number(fields, "index", index), text(fields, "text"), number(fields, "weight", 0));
    }

    private static PollAnswer answer(@Nullable Fields fields) {
        if (fields == null) {
            return PollAnswer.NONE;
        }
        List<Integer> options = new ArrayList<>(Objects.requireNonNullElse(fields.integers("options"), List.of()));
        Integer single = fields.integer("option");
        if (single != null) {
            options.add(single);
        }
        return new PollAnswer(
                fields.flag("hidden", false),
                options,
                fields.text("text", LONGEST),
                fields.flag("case", false),
                fields.flag("trim", false));
    }

    private static String text(Fields fields, String key) {
        return Objects.requireNonNullElse(fields.text(key, LONGEST), "");
    }

    private static String word(Fields fields, String key, List<String> words, String otherwise) {
        return Objects.requireNonNullElse(fields.word(key, words), otherwise);
    }

    private static int number(Fields fields, String key, int otherwise) {
        return Objects.requireNonNullElse(fields.integer(key), otherwise);
    }

    private static List<String> texts(Fields fields, String key) {
        return Objects.requireNonNullElse(fields.texts(key), List.of());
    }

    private static List<Fields> objects(Fields fields, String key) {
        return Objects.requireNonNullElse(fields.objects(key), List.of());
    }
}
