package dev.stoa.rooms.testing;

import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

public final class MemoryPolls implements PollRepository {
    private final Map<String, PollDefinition> definitions = new LinkedHashMap<>();
    private final Map<String, PollRun> runs = new LinkedHashMap<>();
    private final Map<String, StoredResponse> responses = new LinkedHashMap<>();

    @Override
    public synchronized void save(PollDefinition poll) {
        definitions.put(poll.id(), poll);
    }

    @Override
    public synchronized Optional<PollDefinition> byId(String workspaceId, String id) {
        return Optional.ofNullable(definitions.get(id))
                .filter(poll -> poll.workspaceId().equals(workspaceId));
    }

    @Override
    public synchronized Set<String> existing(String workspaceId, Collection<String> ids) {
        return ids.stream().filter(id -> byId(workspaceId, id).isPresent()).collect(Collectors.toSet());
    }

    @Override
    public synchronized void saveRun(PollRun run) {
        runs.put(run.id(), run);
    }

    @Override
    public synchronized Optional<PollRun> latestRun(String workspaceId, String pollId) {
        return runs.values().stream()
                .filter(run ->
                        run.workspaceId().equals(workspaceId) && run.pollId().equals(pollId))
                .reduce((one, other) -> one.id().compareTo(other.id()) > 0 ? one : other);
    }

    @Override
    public synchronized void endRuns(String sessionId, Instant at) {
        runs.replaceAll(
                (id, run) -> run.sessionId().equals(sessionId) && run.stoppedAt() == null ? run.stopped(at) : run);
    }

    @Override
    public synchronized void addResponses(List<StoredResponse> added) {
        for (StoredResponse next : added) {
            responses.replaceAll((id, old) -> isReplacedBy(old, next)
                    ? new StoredResponse(old.poll(), old.response(), old.voter(), old.peerId(), old.userId(), true)
                    : old);
            responses.put(next.response().id(), next);
        }
    }

    private static boolean isReplacedBy(StoredResponse old, StoredResponse next) {
        return old.poll().equals(next.poll())
                && old.voter() == next.voter()
                && old.response().question() == next.response().question();
    }

    @Override
    public synchronized Page<RunSummary> runs(String workspaceId, String pollId, Page.Request page) {
        List<RunSummary> all = runs.values().stream()
                .filter(run ->
                        run.workspaceId().equals(workspaceId) && run.pollId().equals(pollId))
                .map(this::summary)
                .toList();
        return MemoryPages.page(all, RunSummary::id, run -> true, page);
    }

    private RunSummary summary(PollRun run) {
        List<StoredResponse> own = responses.values().stream()
                .filter(response -> response.poll().runId().equals(run.id()) && !response.superseded())
                .toList();
        int voters =
                (int) own.stream().mapToInt(StoredResponse::voter).distinct().count();
        return new RunSummary(
                run.id(), run.pollId(), run.sessionId(), run.startedAt(), run.stoppedAt(), own.size(), voters);
    }

    @Override
    public synchronized Page<StoredResponse> responses(
            String workspaceId, String pollId, @Nullable Integer question, boolean all, Page.Request page) {
        return MemoryPages.page(
                responses.values(),
                stored -> stored.response().id(),
                stored -> isOf(stored, workspaceId, pollId)
                        && (question == null || question == stored.response().question())
                        && (all || !stored.superseded()),
                page);
    }

    @Override
    public synchronized Optional<StoredResponse> response(String workspaceId, String pollId, String responseId) {
        return Optional.ofNullable(responses.get(responseId)).filter(stored -> isOf(stored, workspaceId, pollId));
    }

    private static boolean isOf(StoredResponse stored, String workspaceId, String pollId) {
        return stored.poll().workspaceId().equals(workspaceId)
                && stored.poll().pollId().equals(pollId);
    }
}
