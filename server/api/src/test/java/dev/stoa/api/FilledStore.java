package dev.stoa.api;

import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.poll.PollInfo;
import dev.stoa.rooms.poll.PollResponse;
import dev.stoa.rooms.poll.PollRun;
import dev.stoa.rooms.poll.PollType;
import dev.stoa.rooms.poll.QuestionType;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.poll.VoterIdentity;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.statistics.PeerStatistics;
import dev.stoa.rooms.statistics.Reporter;
import dev.stoa.rooms.users.User;
import dev.stoa.rooms.users.UserRole;
import dev.stoa.rooms.users.UserService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A workspace with many of everything, and calls on it by whoever each operation is for.
final class FilledStore {
    static final int MANY = 30;

    private static final String OWNER = "anna@example.org";
    private static final String QUESTION = "{\"text\":\"2+2\",\"type\":\"single-choice\",\"options\":"
            + "[{\"text\":\"4\"},{\"text\":\"5\"},{\"text\":\"6\"}]}";

    private final ApiServer api;
    private final Browser browser;
    private final String app;
    private final Map<String, String> ids = new HashMap<>();

    FilledStore(ApiServer api) {
        this.api = api;
        ids.putAll(Map.of("peer", FakeLiveRooms.ANNA, "role", "host", "question", "1", "option", "1"));
        ids.putAll(Map.of("job", "x", "asset", "x", "trunk", "x"));
        polls();
        rooms();
        sessions();
        answers();
        webhooks();
        users();
        keys();
        browser = new Browser(api);
        browser.signIn(OWNER, Browser.PASSWORD);
        app = api.tokens
                .issueApp(api.workspace, ids.get("room"), "host", "u", Duration.ofHours(1))
                .token();
    }

    /// A workspace may have 20.
    private void keys() {
        for (int i = 0; i < MANY / 2; i++) {
            put("key", api.post("/v2/access-keys", ""), "access_key");
        }
    }

    private void put(String name, ApiServer.Answer made, String field) {
        if (made.status() != 200) {
            throw new AssertionError(name + ": " + made.json());
        }
        ids.put(name, made.text(field));
    }

    private void polls() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            put("poll", api.post("/v2/polls", "{\"title\":\"x\",\"questions\":[" + QUESTION + "]}"), "id");
            all.add("\"" + ids.get("poll") + "\"");
        }
        ids.put("polls", all.toString());
    }

    /// Each of a template of its own; the last one's has many roles.
    private void rooms() {
        String roles =
                IntStream.range(0, MANY).mapToObj(i -> "\"r" + i + "\":{}").collect(Collectors.joining(","));
        for (int i = 0; i < MANY; i++) {
            String more = i < MANY - 1 ? "" : "," + roles;
            put(
                    "template",
                    api.post("/v2/templates", "{\"name\":\"t" + i + "\",\"roles\":{\"host\":{}" + more + "}}"),
                    "id");
            String room = "{\"name\":\"room-%d\",\"template_id\":\"%s\",\"polls\":%s}";
            put("room", api.post("/v2/rooms", room.formatted(i, ids.get("template"), ids.get("polls"))), "id");
        }
        put("code", api.post("/v2/room-codes/room/" + ids.get("room") + "/role/host", ""), "code");
        api.live.running.put(ids.get("room"), Optional.empty());
    }

    private void sessions() {
        Instant now = api.time.now();
        for (int i = 0; i < MANY; i++) {
            String session = api.ids.objectId();
            ids.put("session", session);
            api.store.sessions().save(new SessionRecord(session, api.workspace.id(), ids.get("room"), now, now));
            for (String peer : List.of(FakeLiveRooms.ANNA, FakeLiveRooms.BEN)) {
                api.store.sessions().savePeer(new PeerRecord(peer, session, "n", "host", "u", "", now, now));
            }
        }
        for (int i = 0; i < MANY; i++) {
            api.store
                    .history()
                    .save(new HistoryEvent(
                            api.ids.uuid(),
                            i,
                            api.workspace.id(),
                            ids.get("room"),
                            ids.get("session"),
                            FakeLiveRooms.ANNA,
                            "u",
                            "track.add.success",
                            false,
                            now,
                            Map.of("room_id", ids.get("room"))));
            api.store
                    .statistics()
                    .save(new PeerStatistics(ids.get("session"), FakeLiveRooms.ANNA, Reporter.SERVER, i, List.of()));
        }
    }

    /// The poll was asked in many sessions.
    private void answers() {
        PollInfo info =
                new PollInfo("x", PollType.QUIZ, 0, false, false, false, VoterIdentity.USERID, List.of(), List.of());
        Instant now = api.time.now();
        String workspace = api.workspace.id();
        for (int i = 0; i < MANY; i++) {
            String run = api.ids.objectId();
            String session = "s" + i;
            api.store.polls().saveRun(new PollRun(run, workspace, ids.get("poll"), session, info, List.of(), now, now));
            String id = api.ids.objectId();
            ids.put("response", id);
            api.store
                    .polls()
                    .addResponses(List.of(new StoredResponse(
                            new StoredResponse.PollRef(workspace, run, ids.get("poll"), session),
                            new PollResponse(
                                    id,
                                    1,
                                    QuestionType.SINGLE_CHOICE,
                                    List.of(1),
                                    null,
                                    false,
                                    null,
                                    0,
                                    1,
                                    now.toEpochMilli(),
                                    true,
                                    5),
                            1,
                            "peer",
                            "user",
                            false)));
        }
    }

    private void webhooks() {
        api.post("/v2/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}");
        for (int i = 0; i < MANY; i++) {
            api.webhooks.settled(ids.get("room"), "refused");
        }
        put("workflow", api.post("/v2/analytics/webhooks/replay", "{\"limit\":1}"), "workflow_id");
    }

    private void users() {
        for (int i = 0; i < MANY; i++) {
            String id = api.ids.objectId();
            ids.put("user", id);
            api.store
                    .users()
                    .add(
                            new User(
                                    id,
                                    api.workspace.id(),
                                    "u" + i + "@example.org",
                                    UserRole.MEMBER,
                                    true,
                                    api.time.now(),
                                    null),
                            "hash",
                            null);
        }
        new UserService(api.store.users(), new Argon2Passwords(), api.ids, api.time)
                .create(api.workspace.id(), OWNER, UserRole.OWNER, Browser.PASSWORD);
        put(
                "invitation",
                api.post("/v2/dashboard/users", "{\"email\":\"ben@example.org\",\"role\":\"member\"}"),
                "invitation_token");
    }

    /// @param template with names of ids in braces
    String path(String template) {
        return filled(template, "{", "}");
    }

    /// @param template with names of ids in angle brackets
    String body(String template) {
        return filled(template, "<", ">");
    }

    private String filled(String template, String before, String after) {
        String text = template;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace(before + id.getKey() + after, id.getValue());
        }
        return text;
    }

    /// @return status
    int call(String method, String path, String body) {
        String sent = method.equals("POST") ? body : null;
        boolean signingIn = method.equals("POST") && path.equals("/v2/dashboard/session");
        if (!signingIn && path.matches("/v2/dashboard/(session|password)")) {
            return browser.send(method, path, sent).status();
        }
        boolean byClient = path.matches("/v2/(client|layouts|sip/dtmf).*");
        return api.send(method, path, sent, Map.of("Authorization", "Bearer " + (byClient ? app : api.management)))
                .status();
    }
}
