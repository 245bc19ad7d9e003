package dev.stoa.rooms.poll;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What backends do with polls, whether or not anybody is asked them now. A running session keeps the questions it
/// started with. Thread-safe; calls may block (database).
public final class PollService {
    private static final int MAX_LINKS = 50;

    private final PollRepository polls;
    private final IdSource ids;
    private final TimeSource time;

    public PollService(PollRepository polls, IdSource ids, TimeSource time) {
        this.polls = polls;
        this.ids = ids;
        this.time = time;
    }

    public Outcome<PollDefinition> create(String workspaceId, Map<String, Object> body) {
        Instant now = now();
        return read(body)
                .then(draft -> save(new PollDefinition(
                        ids.objectId(), workspaceId, draft.info(), draft.autoStart(), draft.questions(), now, now)));
    }

    /// Rewrites a poll as a whole.
    public Outcome<PollDefinition> replace(String workspaceId, String id, Map<String, Object> body) {
        return owned(workspaceId, id)
                .then(old -> read(body)
                        .then(draft -> save(new PollDefinition(
                                id,
                                workspaceId,
                                draft.info(),
                                draft.autoStart(),
                                draft.questions(),
                                old.createdAt(),
                                now()))));
    }

    private static Outcome<PollReader.Draft> read(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        PollReader.Draft draft = PollReader.poll(fields);
        return fields.problems().isEmpty() ? Outcome.done(draft) : Outcome.invalid(fields.problems());
    }

    /// A poll made by REST, or the last one that somebody in a room made under this id.
    public Outcome<PollDefinition> get(String workspaceId, String id) {
        Optional<PollDefinition> made = polls.byId(workspaceId, id);
        return made.or(() -> polls.latestRun(workspaceId, id).map(PollService::asRun))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("poll not found"));
    }

    private static PollDefinition asRun(PollRun run) {
        return new PollDefinition(
                run.pollId(), run.workspaceId(), run.info(), false, run.questions(), run.startedAt(), run.startedAt());
    }

    private Outcome<PollDefinition> owned(String workspaceId, String id) {
        return polls.byId(workspaceId, id).map(Outcome::done).orElseGet(() -> Outcome.notFound("poll not found"));
    }

    /// Replaces the question at this place, or adds one behind the last.
    ///
    /// @param index from 1
    public Outcome<PollQuestion> putQuestion(String workspaceId, String id, int index, Map<String, Object> body) {
        return owned(workspaceId, id).then(poll -> {
            Fields fields = Fields.of(body);
            PollQuestion question = PollReader.question(fields, index).withIndex(index);
            if (!fields.problems().isEmpty()) {
                return Outcome.invalid(fields.problems());
            }
            return put(poll.questions(), index, question, "question")
                    .then(questions -> save(with(poll, questions)))
                    .map(saved -> question);
        });
    }

    public Outcome<PollDefinition> removeQuestion(String workspaceId, String id, int index) {
        return owned(workspaceId, id).then(poll -> {
            if (index < 1 || index > poll.questions().size()) {
                return Outcome.notFound("question not found");
            }
            List<PollQuestion> left = new ArrayList<>();
            for (PollQuestion question : poll.questions()) {
                if (question.index() != index) {
                    left.add(question.withIndex(left.size() + 1));
                }
            }
            return save(with(poll, left));
        });
    }

    /// Replaces the option at this place, or adds one behind the last.
    public Outcome<PollOption> putOption(
            String workspaceId, String id, int questionIndex, int index, Map<String, Object> body) {
        return question(workspaceId, id, questionIndex).then(found -> {
            Fields fields = Fields.of(body);
            PollOption read = PollReader.option(fields, index);
            PollOption option = new PollOption(index, read.text(), read.weight());
            if (!fields.problems().isEmpty()) {
                return Outcome.invalid(fields.problems());
            }
            PollQuestion question = found.question();
            return put(question.options(), index, option, "option")
                    .then(options -> save(with(found.poll(), question.withOptions(options, question.answer()))))
                    .map(saved -> option);
        });
    }

    /// The right answer follows the options that move down.
    public Outcome<PollDefinition> removeOption(String workspaceId, String id, int questionIndex, int index) {
        return question(workspaceId, id, questionIndex).then(found -> {
            PollQuestion question = found.question();
            if (index < 1 || index > question.options().size()) {
                return Outcome.notFound("option not found");
            }
            List<PollOption> left = new ArrayList<>();
            for (PollOption option : question.options()) {
                if (option.index() != index) {
                    left.add(new PollOption(left.size() + 1, option.text(), option.weight()));
                }
            }
            return save(with(found.poll(), question.withOptions(left, without(question.answer(), index))));
        });
    }

    private static PollAnswer without(PollAnswer answer, int index) {
        List<Integer> options = answer.options().stream()
                .filter(option -> option != index)
                .map(option -> option > index ? option - 1 : option)
                .toList();
        return new PollAnswer(answer.hidden(), options, answer.text(), answer.caseSensitive(), answer.trim());
    }

    private record Found(PollDefinition poll, PollQuestion question) {}

    private Outcome<Found> question(String workspaceId, String id, int index) {
        return owned(workspaceId, id)
                .then(poll -> index < 1 || index > poll.questions().size()
                        ? Outcome.notFound("question not found")
                        : Outcome.done(new Found(poll, poll.questions().get(index - 1))));
    }

    private static <T> Outcome<List<T>> put(List<T> old, int index, T element, String name) {
        if (index < 1 || index > old.size() + 1) {
            return Outcome.notFound(name + " not found");
        }
        List<T> changed = new ArrayList<>(old);
        if (index > old.size()) {
            changed.add(element);
        } else {
            changed.set(index - 1, element);
        }
        return Outcome.done(changed);
    }

    private PollDefinition with(PollDefinition poll, PollQuestion changed) {
        List<PollQuestion> questions = new ArrayList<>(poll.questions());
        questions.set(changed.index() - 1, changed);
        return with(poll, questions);
    }

    private PollDefinition with(PollDefinition poll, List<PollQuestion> questions) {
        return new PollDefinition(
                poll.id(), poll.workspaceId(), poll.info(), poll.autoStart(), questions, poll.createdAt(), now());
    }

    private Outcome<PollDefinition> save(PollDefinition poll) {
        List<String> problems = new ArrayList<>(PollRules.problems(poll.info()));
        problems.addAll(PollRules.problems(poll.questions()));
        if (!problems.isEmpty()) {
            return Outcome.invalid(
                    problems.stream().map(text -> "Invalid body param: " + text).toList());
        }
        polls.save(poll);
        return Outcome.done(poll);
    }

    /// Whether a room may be linked to these polls.
    public Outcome<List<String>> linkable(String workspaceId, List<String> pollIds) {
        if (pollIds.size() > MAX_LINKS) {
            return Outcome.invalid(List.of("Invalid body param: polls must hold at most " + MAX_LINKS + " ids"));
        }
        return polls.existing(workspaceId, pollIds).containsAll(pollIds)
                ? Outcome.done(pollIds)
                : Outcome.invalid(List.of("Invalid body param: polls names a poll that does not exist"));
    }

    private Instant now() {
        return time.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
