package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.session.PeerRecord;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.template.Role;
import dev.stoa.rooms.template.Template;
import dev.stoa.rooms.template.TemplateDraft;
import dev.stoa.rooms.workspace.AccessKey;
import dev.stoa.rooms.workspace.AccessKeyRepository.Revocation;
import dev.stoa.rooms.workspace.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store has to do; run on the memory and the SQL implementation.
public abstract class RepositoryContract implements UserContract, AuditContract, HistoryContract, StatisticsContract {
    protected static final Workspace WORKSPACE = new Workspace(id(1), id(2), "key-1", "secret-1");
    protected static final Workspace OTHER = new Workspace(id(3), id(4), "key-2", "secret-2");
    static final Instant T0 = Instant.parse("2026-03-02T08:00:00.125Z");

    private Repositories store = Repositories.inMemory();

    @Override
    public Repositories store() {
        return store;
    }

    /// An empty store.
    protected abstract Repositories emptyStore() throws Exception;

    @BeforeEach
    void fillStore() throws Exception {
        store = emptyStore();
        store.workspaces().save(WORKSPACE);
        store.workspaces().save(OTHER);
    }

    protected static String id(int number) {
        return "6601f0a1%016x".formatted(number);
    }

    @Test
    void workspacesAreFoundByIdAndAccessKey() {
        assertThat(store.workspaces().byId(WORKSPACE.id())).contains(WORKSPACE);
        assertThat(store.workspaces().byAccessKey("key-2")).contains(OTHER);
        assertThat(store.workspaces().byAccessKey("KEY-2")).isEmpty();
        assertThat(store.workspaces().all()).containsExactly(WORKSPACE, OTHER);
    }

    @Test
    void aWorkspaceCanGetNewKeys() {
        Workspace rekeyed = new Workspace(WORKSPACE.id(), WORKSPACE.appId(), "key-9", "secret-9");
        store.workspaces().save(rekeyed);

        assertThat(store.workspaces().byAccessKey("key-1")).isEmpty();
        assertThat(store.workspaces().byAccessKey("key-9")).contains(rekeyed);
    }

    @Test
    void everyLiveKeyFindsItsWorkspaceAndComesWithItsSecret() {
        store.accessKeys().add(new AccessKey("key-3", WORKSPACE.id(), T0, null), "secret-3");

        assertThat(store.workspaces().byAccessKey("key-1")).contains(WORKSPACE);
        assertThat(store.workspaces().byAccessKey("key-3"))
                .contains(new Workspace(WORKSPACE.id(), WORKSPACE.appId(), "key-3", "secret-3"));
        assertThat(store.workspaces().byId(WORKSPACE.id())).contains(WORKSPACE);
        assertThat(store.accessKeys().ofWorkspace(WORKSPACE.id()))
                .extracting(AccessKey::key)
                .containsExactlyInAnyOrder("key-1", "key-3");
        assertThat(store.accessKeys().ofWorkspace(OTHER.id()))
                .extracting(AccessKey::key)
                .containsExactly("key-2");
    }

    @Test
    void aRevokedKeyFindsNothingAndTheNewestLiveOneSignsInItsPlace() {
        store.accessKeys().add(new AccessKey("key-3", WORKSPACE.id(), T0, null), "secret-3");
        store.accessKeys().add(new AccessKey("key-4", WORKSPACE.id(), T0.plusMillis(1), null), "secret-4");
        Instant at = T0.plusSeconds(60);

        assertThat(store.accessKeys().revoke(WORKSPACE.id(), "key-1", at)).isEqualTo(Revocation.REVOKED);

        assertThat(store.workspaces().byAccessKey("key-1")).isEmpty();
        assertThat(store.workspaces().isRevoked("key-1")).isTrue();
        assertThat(store.workspaces().isRevoked("key-3")).isFalse();
        assertThat(store.workspaces().byId(WORKSPACE.id()))
                .contains(new Workspace(WORKSPACE.id(), WORKSPACE.appId(), "key-4", "secret-4"));
        assertThat(store.accessKeys().revoke(WORKSPACE.id(), "key-1", at.plusSeconds(1)))
                .isEqualTo(Revocation.REVOKED);
        assertThat(store.accessKeys().ofWorkspace(WORKSPACE.id()))
                .filteredOn(key -> !key.live())
                .extracting(AccessKey::key, AccessKey::revokedAt)
                .containsExactly(tuple("key-1", at));
    }

    @Test
    void theLastLiveKeyAndKeysOfOthersCannotBeRevoked() {
        assertThat(store.accessKeys().revoke(WORKSPACE.id(), "key-1", T0)).isEqualTo(Revocation.LAST);
        assertThat(store.accessKeys().revoke(WORKSPACE.id(), "key-2", T0)).isEqualTo(Revocation.UNKNOWN);
        assertThat(store.workspaces().byAccessKey("key-1")).contains(WORKSPACE);
        assertThat(store.workspaces().byAccessKey("key-2")).contains(OTHER);
    }

    @Test
    void signingWithAnotherKnownKeyLeavesTheFirstLive() {
        store.accessKeys().add(new AccessKey("key-3", WORKSPACE.id(), T0, null), "secret-3");
        Workspace changed = new Workspace(WORKSPACE.id(), WORKSPACE.appId(), "key-3", "secret-3");
        store.workspaces().save(changed);

        assertThat(store.workspaces().byId(WORKSPACE.id())).contains(changed);
        assertThat(store.workspaces().byAccessKey("key-1")).contains(WORKSPACE);
    }

    @Test
    void aTemplateComesBackAsItWent() {
        Template template = template(10, "classroom", false);
        assertThat(store.templates().save(template)).isTrue();

        Template found = store.templates().byId(WORKSPACE.id(), template.id()).orElseThrow();
        assertThat(found).isEqualTo(template);
        assertThat(List.copyOf(found.roles().keySet())).containsExactly("teacher", "student", "assistant");
        assertThat(store.templates().byName(WORKSPACE.id(), "classroom")).contains(template);
    }

    @Test
    void templatesOfOneWorkspaceAreHiddenFromOthers() {
        store.templates().save(template(10, "classroom", true));

        assertThat(store.templates().byId(OTHER.id(), id(10))).isEmpty();
        assertThat(store.templates().byName(OTHER.id(), "classroom")).isEmpty();
        assertThat(store.templates().defaultOf(OTHER.id())).isEmpty();
        assertThat(store.templates()
                        .list(OTHER.id(), new Page.Request(10, null))
                        .data())
                .isEmpty();
    }

    @Test
    void aNewDefaultTemplateReplacesTheOldOne() {
        store.templates().save(template(10, "first", true));
        store.templates().save(template(11, "second", true));

        assertThat(store.templates().defaultOf(WORKSPACE.id()).map(Template::name))
                .contains("second");
        assertThat(store.templates().byName(WORKSPACE.id(), "first").map(Template::isDefault))
                .contains(false);
    }

    @Test
    void aTemplateNameBelongsToOneTemplate() {
        store.templates().save(template(10, "first", false));
        store.templates().save(template(11, "second", true));

        assertThat(store.templates().save(template(11, "first", true))).isFalse();
        assertThat(store.templates().byId(WORKSPACE.id(), id(11)).map(Template::name))
                .contains("second");
        assertThat(store.templates().defaultOf(WORKSPACE.id()).map(Template::id))
                .contains(id(11));
    }

    @Test
    void aRoomComesBackAsItWent() {
        Room room = fullRoom(20, "Physics-7b");
        assertThat(store.rooms().save(room)).isTrue();
        assertThat(store.rooms().byId(room.id())).contains(room);

        Room bare = room(21, "bare", true, T0);
        store.rooms().save(bare);
        assertThat(store.rooms().byId(bare.id())).contains(bare);
        assertThat(store.rooms().byId("nothing")).isEmpty();
    }

    @Test
    void roomNamesAreUniqueInAWorkspaceWhateverTheirCase() {
        store.rooms().save(room(20, "Physics-7b", true, T0));

        assertThat(store.rooms().byName(WORKSPACE.id(), "PHYSICS-7B").map(Room::id))
                .contains(id(20));
        assertThat(store.rooms().byName(OTHER.id(), "physics-7b")).isEmpty();
        assertThat(store.rooms().save(room(21, "physics-7B", true, T0))).isFalse();
        assertThat(store.rooms().byId(id(21))).isEmpty();
        assertThat(store.rooms().save(room(20, "PHYSICS-7b", false, T0))).isTrue();
        assertThat(store.rooms().byId(id(20)).map(Room::enabled)).contains(false);
    }

    @Test
    void roomsArePagedNewestFirst() {
        for (int i = 0; i < 25; i++) {
            store.rooms().save(room(100 + i, "room-" + i, true, T0.plusSeconds(i)));
        }
        List<String> seen = new ArrayList<>();
        @Nullable String start = null;
        for (int expected : new int[] {10, 10, 5, 0}) {
            Page<Room> page = list(null, null, null, null, null, start);
            assertThat(page.data()).hasSize(expected);
            assertThat(page.last())
                    .isEqualTo(expected == 0 ? null : page.data().getLast().id());
            page.data().forEach(room -> seen.add(room.name()));
            start = page.last();
        }
        assertThat(seen).hasSize(25).startsWith("room-24").endsWith("room-0");
    }

    @Test
    void roomsAreFiltered() {
        store.rooms().save(room(20, "a", true, T0));
        store.rooms().save(room(21, "b", false, T0.plusSeconds(1)));
        store.rooms().save(room(22, "c", true, T0.plusSeconds(2)));

        assertThat(names(list("B", null, null, null, null, null))).containsExactly("b");
        assertThat(names(list(null, true, null, null, null, null))).containsExactly("c", "a");
        assertThat(names(list(null, false, null, null, null, null))).containsExactly("b");
        assertThat(names(list(null, null, id(10), null, null, null))).containsExactly("c", "b", "a");
        assertThat(names(list(null, null, id(11), null, null, null))).isEmpty();
        assertThat(names(list(null, null, null, T0.plusSeconds(1), null, null))).containsExactly("c", "b");
        assertThat(names(list(null, null, null, null, T0.plusSeconds(1), null))).containsExactly("b", "a");
    }

    @Test
    void roomCodesAreKeptOldestFirst() {
        store.rooms().save(room(20, "a", true, T0));
        RoomCode first = new RoomCode("zzz-zzzz-zzz", id(20), "host", true, T0, T0);
        RoomCode second = new RoomCode("aaa-aaaa-aaa", id(20), "guest", true, T0, T0);
        store.codes().save(first);
        store.codes().save(second);
        RoomCode disabled = new RoomCode("zzz-zzzz-zzz", id(20), "host", false, T0, T0.plusSeconds(5));
        store.codes().save(disabled);

        assertThat(store.codes().byCode("zzz-zzzz-zzz")).contains(disabled);
        assertThat(store.codes().byCode("zzz-zzzz-zzy")).isEmpty();
        assertThat(store.codes().ofRoom(id(20))).containsExactly(disabled, second);
        assertThat(store.codes().ofRoom(id(21))).isEmpty();
    }

    @Test
    void severalRoomCodesAreSavedInTheirOrderAndKnownAsTaken() {
        store.rooms().save(room(20, "a", true, T0));
        RoomCode first = new RoomCode("zzz-zzzz-zzz", id(20), "host", true, T0, T0);
        RoomCode second = new RoomCode("aaa-aaaa-aaa", id(20), "guest", true, T0, T0);

        store.codes().save(List.of(first, second));
        store.codes().save(List.of());

        assertThat(store.codes().ofRoom(id(20))).containsExactly(first, second);
        assertThat(store.codes().taken(List.of("aaa-aaaa-aaa", "bbb-bbbb-bbb"))).containsExactly("aaa-aaaa-aaa");
        assertThat(store.codes().taken(List.of())).isEmpty();
    }

    @Test
    void templatesAreFoundTogether() {
        store.templates().save(template(10, "first", false));
        store.templates().save(template(11, "second", false));

        assertThat(store.templates().byIds(WORKSPACE.id(), List.of(id(10), id(11), id(12))))
                .extracting(Template::id)
                .containsExactlyInAnyOrder(id(10), id(11));
        assertThat(store.templates().byIds(OTHER.id(), List.of(id(10)))).isEmpty();
        assertThat(store.templates().byIds(WORKSPACE.id(), List.of())).isEmpty();
    }

    @Test
    void sessionsKeepTheirPeers() {
        store.rooms().save(room(20, "a", true, T0));
        SessionRecord session = new SessionRecord(id(30), WORKSPACE.id(), id(20), T0, null);
        store.sessions().save(session);
        PeerRecord anna = peer("p1", T0, null);
        PeerRecord ben = peer("p2", T0.plusSeconds(1), T0.plusSeconds(2));
        store.sessions().savePeer(anna);
        store.sessions().savePeer(ben);

        assertThat(store.sessions().byId(id(30))).contains(session);
        assertThat(store.sessions().open()).containsExactly(session);
        assertThat(store.sessions().peersOf(id(30))).containsExactly(anna, ben);

        store.sessions().end(id(30), T0.plusSeconds(9));
        assertThat(store.sessions().open()).isEmpty();
        assertThat(store.sessions().byId(id(30)).map(SessionRecord::endedAt)).contains(T0.plusSeconds(9));
        assertThat(store.sessions().peersOf(id(30))).containsExactly(peer("p1", T0, T0.plusSeconds(9)), ben);
    }

    @Test
    void aPeerIsSavedAgainInItsPlace() {
        store.rooms().save(room(20, "a", true, T0));
        store.sessions().save(new SessionRecord(id(30), WORKSPACE.id(), id(20), T0, null));
        store.sessions().savePeer(peer("p1", T0, null));
        store.sessions().savePeer(peer("p1", T0, T0.plusSeconds(3)));

        assertThat(store.sessions().peersOf(id(30))).containsExactly(peer("p1", T0, T0.plusSeconds(3)));
    }

    @Test
    void sessionsAreFilteredNewestFirst() {
        store.rooms().save(room(20, "a", true, T0));
        store.rooms().save(room(21, "b", true, T0));
        store.sessions().save(new SessionRecord(id(30), WORKSPACE.id(), id(20), T0, T0.plusSeconds(1)));
        store.sessions().save(new SessionRecord(id(31), WORKSPACE.id(), id(21), T0.plusSeconds(2), null));
        store.sessions().save(new SessionRecord(id(32), WORKSPACE.id(), id(20), T0.plusSeconds(4), null));

        assertThat(sessions(null, null, null, null)).containsExactly(id(32), id(31), id(30));
        assertThat(sessions(true, null, null, null)).containsExactly(id(32), id(31));
        assertThat(sessions(false, null, null, null)).containsExactly(id(30));
        assertThat(sessions(null, id(20), null, null)).containsExactly(id(32), id(30));
        assertThat(sessions(null, null, T0.plusSeconds(2), null)).containsExactly(id(32), id(31));
        assertThat(sessions(null, null, null, T0.plusSeconds(2))).containsExactly(id(31), id(30));
    }

    @Test
    void sessionsArePagedByCreationAndTheIdDecidesAmongEquals() {
        store.rooms().save(room(20, "a", true, T0));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            store.sessions().save(new SessionRecord(id(99 - i), WORKSPACE.id(), id(20), T0.plusSeconds(i / 5), null));
        }
        for (int second = 4; second >= 0; second--) {
            for (int i = second * 5; i < second * 5 + 5; i++) {
                expected.add(id(99 - i));
            }
        }
        SessionRepository.Filter all = new SessionRepository.Filter(null, null, null, null);
        List<String> seen = new ArrayList<>();
        @Nullable String start = null;
        for (int size : new int[] {10, 10, 5, 0}) {
            Page<SessionRecord> page = store.sessions().list(WORKSPACE.id(), all, new Page.Request(10, start));
            assertThat(page.data()).hasSize(size);
            page.data().forEach(session -> seen.add(session.id()));
            start = page.last();
        }
        assertThat(seen).isEqualTo(expected);
        assertThat(store.sessions()
                        .list(WORKSPACE.id(), all, new Page.Request(10, "nothing"))
                        .data())
                .isEmpty();
        SessionRepository.Filter early = new SessionRepository.Filter(null, null, null, T0.plusSeconds(1));
        assertThat(store.sessions()
                        .list(WORKSPACE.id(), early, new Page.Request(10, expected.get(2)))
                        .data())
                .extracting(SessionRecord::id)
                .isEqualTo(expected.subList(15, 25));
        assertThat(store.sessions()
                        .list(WORKSPACE.id(), early, new Page.Request(10, expected.get(17)))
                        .data())
                .extracting(SessionRecord::id)
                .isEqualTo(expected.subList(18, 25));
        assertThat(store.sessions()
                        .list(OTHER.id(), all, new Page.Request(10, expected.get(2)))
                        .data())
                .isEmpty();
    }

    @Test
    void peersOfManySessionsComeAtOnceInTheOrderOfJoining() {
        store.rooms().save(room(20, "a", true, T0));
        for (int session : new int[] {30, 31, 32}) {
            store.sessions().save(new SessionRecord(id(session), WORKSPACE.id(), id(20), T0, null));
        }
        PeerRecord late = peer("a", T0.plusSeconds(2), null);
        PeerRecord early = peer("b", T0, null);
        PeerRecord other = new PeerRecord("a", id(31), "x", "host", "u", "", T0, null);
        List.of(late, early, other).forEach(store.sessions()::savePeer);

        assertThat(store.sessions().peersOf(List.of(id(30), id(31), id(32))))
                .isEqualTo(Map.of(id(30), List.of(early, late), id(31), List.of(other)));
        assertThat(store.sessions().peersOf(List.of())).isEmpty();
    }

    private List<String> sessions(
            @Nullable Boolean active, @Nullable String roomId, @Nullable Instant after, @Nullable Instant before) {
        return store
                .sessions()
                .list(
                        WORKSPACE.id(),
                        new SessionRepository.Filter(active, roomId, after, before),
                        new Page.Request(10, null))
                .data()
                .stream()
                .map(SessionRecord::id)
                .toList();
    }

    private Page<Room> list(
            @Nullable String name,
            @Nullable Boolean enabled,
            @Nullable String templateId,
            @Nullable Instant after,
            @Nullable Instant before,
            @Nullable String start) {
        return store.rooms()
                .list(
                        WORKSPACE.id(),
                        new RoomRepository.Filter(name, enabled, templateId, after, before),
                        new Page.Request(10, start));
    }

    private static List<String> names(Page<Room> page) {
        return page.data().stream().map(Room::name).toList();
    }

    private static PeerRecord peer(String id, Instant joinedAt, @Nullable Instant leftAt) {
        return new PeerRecord(id, id(30), "Änne 🎈", "host", "u-1", "{\"x\":1}", joinedAt, leftAt);
    }

    static Room room(int number, String name, boolean enabled, Instant createdAt) {
        return new Room(
                id(number),
                WORKSPACE.id(),
                name,
                "",
                enabled,
                id(10),
                "auto",
                false,
                null,
                null,
                null,
                null,
                List.of(),
                createdAt,
                createdAt);
    }

    private static Room fullRoom(int number, String name) {
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("enabled", true);
        recording.put("upload_info", Map.of("type", "s3", "location", "bucket"));
        return new Room(
                id(number),
                WORKSPACE.id(),
                name,
                "evening 'batch' \u00e4",
                true,
                id(10),
                "eu",
                true,
                12_000,
                5400,
                recording,
                Map.of("url", "https://hooks.school.test/live", "headers", Map.of("x-school-key", "k-19")),
                List.of("6601f0a1c2d3e4f5a6b7c8aa"),
                T0,
                T0.plusMillis(1));
    }

    private static Template template(int number, String name, boolean isDefault) {
        return new Template(
                id(number),
                WORKSPACE.id(),
                name,
                isDefault,
                roles(),
                Map.of("region", "eu", "roomState", Map.of("enabled", true, "messageInterval", 10)),
                Map.of("hlsDestinations", Map.of("hls", Map.of("name", "hls", "layers", List.of()))),
                Map.of("whiteboard", Map.of("permissions", Map.of("admin", List.of("teacher")))),
                T0,
                T0);
    }

    private PollContract polls() {
        return new PollContract(store.polls(), WORKSPACE.id(), OTHER.id());
    }

    private List<String> twoSessions() {
        store.rooms().save(room(20, "quiz-room", true, T0));
        for (int number : List.of(70, 71)) {
            store.sessions().save(new SessionRecord(id(number), WORKSPACE.id(), id(20), T0, null));
        }
        return List.of(id(70), id(71));
    }

    @Test
    void pollsComeBackAsTheyWent() {
        polls().definitionsComeBackAsTheyWent();
    }

    @Test
    void runsOfPollsComeBackAndEnd() {
        polls().runsComeBackAndEnd(twoSessions());
    }

    @Test
    void anAnswerToAPollTakesThePlaceOfTheOneBefore() {
        polls().anAnswerTakesThePlaceOfTheOneBefore(twoSessions().getFirst());
    }

    private static Map<String, Role> roles() {
        Map<String, Object> teacher = Map.of(
                "publishParams",
                Map.of(
                        "simulcast",
                        Map.of(
                                "video",
                                Map.of(
                                        "layers",
                                        List.of(
                                                Map.of("rid", "f", "maxFramerate", 30),
                                                Map.of(
                                                        "rid",
                                                        "h",
                                                        "scaleResolutionDownBy",
                                                        2.5,
                                                        "maxFramerate",
                                                        15))))),
                "subscribeParams",
                Map.of("subscribeDegradation", Map.of()));
        Map<String, Object> roles = new LinkedHashMap<>();
        roles.put("teacher", teacher);
        roles.put("student", Map.of("publishParams", Map.of("allowed", List.of("audio"))));
        roles.put("assistant", Map.of());
        return switch (TemplateDraft.forCreation(Map.of("roles", roles))) {
            case Outcome.Done<TemplateDraft>(var draft) -> draft.roles();
            case Outcome.Failed<TemplateDraft>(var failure) -> throw new AssertionError(failure);
        };
    }

    static void saveSession(Repositories store) {
        store.rooms().save(room(60, "measured", true, T0));
        store.sessions().save(new SessionRecord(id(61), WORKSPACE.id(), id(60), T0, null));
    }

    @Test
    void messagesOfASessionAreCountedWhateverElseIsWrittenOfIt() {
        saveSession(store);
        assertThat(store.sessions().messages(id(61))).isZero();
        store.sessions().countMessages(id(61), 12);
        store.sessions().save(new SessionRecord(id(61), WORKSPACE.id(), id(60), T0, T0.plusSeconds(9)));
        assertThat(store.sessions().messages(id(61))).isEqualTo(12);
        assertThat(store.sessions().messages("nobody's")).isZero();
    }

    @Test
    void itIsKnownWhenTheServerWasThereLast() {
        assertThat(store.sessions().lastAlive()).isEmpty();
        store.sessions().alive(T0);
        store.sessions().alive(T0.plusSeconds(3));
        assertThat(store.sessions().lastAlive()).contains(T0.plusSeconds(3));
    }
}
