package dev.stoa.store;

import dev.stoa.rooms.poll.PollDefinition;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

final class SqlPolls implements PollRepository {
    private static final RowMapper<PollDefinition> DEFINITION = (row, context) -> new PollDefinition(
            row.getString("id"),
            row.getString("workspace_id"),
            JsonColumns.pollInfo(row.getString("info")),
            row.getBoolean("auto_start"),
            JsonColumns.pollQuestions(row.getString("questions")),
            Columns.instant(row, "created_at"),
            Columns.instant(row, "updated_at"));

    private static final RowMapper<PollRun> RUN = (row, context) -> new PollRun(
            row.getString("id"),
            row.getString("workspace_id"),
            row.getString("poll_id"),
            row.getString("session_id"),
            JsonColumns.pollInfo(row.getString("info")),
            JsonColumns.pollQuestions(row.getString("questions")),
            Columns.instant(row, "started_at"),
            Columns.optionalInstant(row, "stopped_at"));

    private static final RowMapper<RunSummary> SUMMARY = (row, context) -> new RunSummary(
            row.getString("id"),
            row.getString("poll_id"),
            row.getString("session_id"),
            Columns.instant(row, "started_at"),
            Columns.optionalInstant(row, "stopped_at"),
            row.getInt("responses"),
            row.getInt("voters"));

    private static final RowMapper<StoredResponse> RESPONSE = (row, context) -> new StoredResponse(
            new StoredResponse.PollRef(
                    row.getString("workspace_id"),
                    row.getString("run_id"),
                    row.getString("poll_id"),
                    row.getString("session_id")),
            new PollResponse(
                    row.getString("id"),
                    row.getInt("question"),
                    QuestionType.valueOf(row.getString("type")),
                    JsonColumns.integers(row.getString("options")),
                    row.getString("text"),
                    row.getBoolean("skipped"),
                    row.getString("original"),
                    row.getInt("retries"),
                    row.getLong("duration_ms"),
                    row.getLong("sent_at"),
                    row.getBoolean("correct"),
                    row.getInt("score")),
            row.getInt("voter"),
            row.getString("peer_id"),
            row.getString("user_id"),
            row.getBoolean("superseded"));

    private final Database database;

    SqlPolls(Database database) {
        this.database = database;
    }

    @Override
    public void save(PollDefinition poll) {
        database.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO polls (id, workspace_id, info, auto_start, questions, created_at, updated_at)
                        VALUES (:id, :workspaceId, :info, :autoStart, :questions, :createdAt, :updatedAt)
                        ON CONFLICT (id) DO UPDATE SET
                            info = excluded.info,
                            auto_start = excluded.auto_start,
                            questions = excluded.questions,
                            updated_at = excluded.updated_at
                        """)
                .bind("id", poll.id())
                .bind("workspaceId", poll.workspaceId())
                .bind("info", JsonColumns.write(poll.info()))
                .bind("autoStart", poll.autoStart())
                .bind("questions", JsonColumns.write(poll.questions()))
                .bind("createdAt", poll.createdAt().toEpochMilli())
                .bind("updatedAt", poll.updatedAt().toEpochMilli())
                .execute());
    }

    @Override
    public Optional<PollDefinition> byId(String workspaceId, String id) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT * FROM polls WHERE id = :id AND workspace_id = :workspaceId")
                        .bind("id", id)
                        .bind("workspaceId", workspaceId)
                        .map(DEFINITION)
                        .findOne());
    }

    @Override
    public Set<String> existing(String workspaceId, Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : database.withHandle(handle -> handle.createQuery(
                                "SELECT id FROM polls WHERE workspace_id = :workspaceId AND id IN (<ids>)")
                        .bind("workspaceId", workspaceId)
                        .bindList("ids", List.copyOf(ids))
                        .mapTo(String.class)
                        .set());
    }

    @Override
    public void saveRun(PollRun run) {
        database.useHandle(handle -> save(handle, run));
    }

    static void save(Handle handle, PollRun run) {
        handle.createUpdate("""
                        INSERT INTO poll_runs (id, workspace_id, poll_id, session_id, info, questions, started_at,
                            stopped_at)
                        VALUES (:id, :workspaceId, :pollId, :sessionId, :info, :questions, :startedAt, :stoppedAt)
                        ON CONFLICT (id) DO UPDATE SET stopped_at = excluded.stopped_at
                        """)
                .bind("id", run.id())
                .bind("workspaceId", run.workspaceId())
                .bind("pollId", run.pollId())
                .bind("sessionId", run.sessionId())
                .bind("info", JsonColumns.write(run.info()))
                .bind("questions", JsonColumns.write(run.questions()))
                .bind("startedAt", run.startedAt().toEpochMilli())
                .bind("stoppedAt", Columns.millis(run.stoppedAt()))
                .execute();
    }

    @Override
    public Optional<PollRun> latestRun(String workspaceId, String pollId) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM poll_runs WHERE workspace_id = :workspaceId AND poll_id = :pollId
                        ORDER BY id DESC LIMIT 1
                        """)
                .bind("workspaceId", workspaceId)
                .bind("pollId", pollId)
                .map(RUN)
                .findOne());
    }

    @Override
    public void endRuns(String sessionId, Instant at) {
        database.useHandle(handle -> endRuns(handle, sessionId, at));
    }

    static void endRuns(Handle handle, String sessionId, Instant at) {
        handle.createUpdate("""
                        UPDATE poll_runs SET stopped_at = :at WHERE session_id = :sessionId AND stopped_at IS NULL
                        """)
                .bind("at", at.toEpochMilli())
                .bind("sessionId", sessionId)
                .execute();
    }

    @Override
    public void addResponses(List<StoredResponse> responses) {
        database.useTransaction(handle -> add(handle, responses));
    }

    static void add(Handle handle, List<StoredResponse> responses) {
        for (StoredResponse response : responses) {
            supersede(handle, response);
            insert(handle, response);
        }
    }

    private static void supersede(Handle handle, StoredResponse next) {
        if (!next.response().update()) {
            return;
        }
        handle.createUpdate("""
                        UPDATE poll_responses SET superseded = :true
                        WHERE run_id = :runId AND question = :question AND voter = :voter AND superseded = :false
                        """)
                .bind("true", true)
                .bind("false", false)
                .bind("runId", next.poll().runId())
                .bind("question", next.response().question())
                .bind("voter", next.voter())
                .execute();
    }

    private static void insert(Handle handle, StoredResponse stored) {
        PollResponse response = stored.response();
        handle.createUpdate("""
                        INSERT INTO poll_responses (id, workspace_id, run_id, poll_id, session_id, question, type,
                            options, text, skipped, original, retries, duration_ms, sent_at, correct, score, voter,
                            peer_id, user_id, superseded)
                        VALUES (:id, :workspaceId, :runId, :pollId, :sessionId, :question, :type,
                            :options, :text, :skipped, :original, :retries, :durationMs, :sentAt, :correct, :score,
                            :voter, :peerId, :userId, :superseded)
                        """)
                .bind("id", response.id())
                .bind("workspaceId", stored.poll().workspaceId())
                .bind("runId", stored.poll().runId())
                .bind("pollId", stored.poll().pollId())
                .bind("sessionId", stored.poll().sessionId())
                .bind("question", response.question())
                .bind("type", response.type().name())
                .bind("options", JsonColumns.write(response.options()))
                .bind("text", response.text())
                .bind("skipped", response.skipped())
                .bind("original", response.original())
                .bind("retries", response.retries())
                .bind("durationMs", response.durationMs())
                .bind("sentAt", response.sentAtMs())
                .bind("correct", response.correct())
                .bind("score", response.score())
                .bind("voter", stored.voter())
                .bind("peerId", stored.peerId())
                .bind("userId", stored.userId())
                .bind("superseded", stored.superseded())
                .execute();
    }

    @Override
    public Page<RunSummary> runs(String workspaceId, String pollId, Page.Request page) {
        String start = page.start();
        String sql = """
                SELECT id, poll_id, session_id, started_at, stopped_at,
                    (SELECT COUNT(*) FROM poll_responses
                        WHERE run_id = poll_runs.id AND superseded = :false) AS responses,
                    (SELECT COUNT(DISTINCT voter) FROM poll_responses WHERE run_id = poll_runs.id) AS voters
                FROM poll_runs
                WHERE workspace_id = :workspaceId AND poll_id = :pollId""" + (start == null ? "" : " AND id < :start") + " ORDER BY id DESC LIMIT :limit";
        List<RunSummary> found = database.withHandle(handle -> {
            var query = handle.createQuery(sql)
                    .bind("false", false)
                    .bind("workspaceId", workspaceId)
                    .bind("pollId", pollId)
                    .bind("limit", page.limit());
            return (start == null ? query : query.bind("start", start))
                    .map(SUMMARY)
                    .list();
        });
        return new Page<>(
                found, page.limit(), found.isEmpty() ? null : found.getLast().id());
    }

    @Override
    public Page<StoredResponse> responses(
            String workspaceId, String pollId, @Nullable Integer question, boolean all, Page.Request page) {
        return new ListQuery<StoredResponse>("poll_responses", workspaceId)
                .where("poll_id = :pollId", "pollId", pollId)
                .where("question = :question", "question", question)
                .where("superseded = :superseded", "superseded", all ? null : false)
                .page(database, page, RESPONSE, stored -> stored.response().id());
    }

    @Override
    public Optional<StoredResponse> response(String workspaceId, String pollId, String responseId) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM poll_responses
                        WHERE id = :id AND workspace_id = :workspaceId AND poll_id = :pollId
                        """)
                .bind("id", responseId)
                .bind("workspaceId", workspaceId)
                .bind("pollId", pollId)
                .map(RESPONSE)
                .findOne());
    }
}
