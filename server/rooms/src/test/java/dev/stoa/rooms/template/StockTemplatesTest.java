package dev.stoa.rooms.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.room.Room;
import dev.stoa.rooms.room.RoomChange;
import dev.stoa.rooms.room.RoomCode;
import dev.stoa.rooms.room.RoomCodeRepository;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.testing.Repositories;
import dev.stoa.rooms.testing.SteppingTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StockTemplatesTest {
    private static final String WORKSPACE = "6601f0a1c2d3e4f5a6b7c801";

    private final SteppingTime time = new SteppingTime();
    private final IdSource ids = new RandomIds(new Random(3), time);
    private final Repositories store = Repositories.inMemory();
    private final StockTemplates stock = new StockTemplates(store.templates(), store.rooms(), store.codes(), ids, time);

    private Map<String, Role> roles(String template) {
        return store.templates().byName(WORKSPACE, template).orElseThrow().roles();
    }

    @Test
    void aNewWorkspaceGetsADemoRoomOfEachKind() {
        stock.install(WORKSPACE);

        assertThat(stock.demoRooms(WORKSPACE))
                .extracting(demo -> demo.room().name())
                .containsExactly("video-conferencing", "live-streaming", "webinar", "audio-room");
        assertThat(stock.demoRooms(WORKSPACE))
                .allSatisfy(demo -> assertThat(demo.codes())
                        .extracting(RoomCode::role)
                        .containsExactlyElementsOf(demo.template().roles().keySet()));
        assertThat(store.templates().defaultOf(WORKSPACE).map(Template::name)).contains("video-conferencing");
    }

    @Test
    void laterStartsChangeNothing() {
        stock.install(WORKSPACE);
        List<StockTemplates.DemoRoom> before = stock.demoRooms(WORKSPACE);
        stock.install(WORKSPACE);

        assertThat(stock.demoRooms(WORKSPACE)).isEqualTo(before);
        assertThat(store.templates()
                        .list(WORKSPACE, new Page.Request(100, null))
                        .data())
                .hasSize(4);
    }

    @Test
    void whatWasRenamedIsNotMadeAgain() {
        stock.install(WORKSPACE);
        Template webinar = store.templates().byName(WORKSPACE, "webinar").orElseThrow();
        TemplateService templates = new TemplateService(store.templates(), ids, time);
        templates.replace(
                WORKSPACE, webinar.id(), new TemplateDraft("all hands", null, webinar.roles(), Map.of(), null, null));
        stock.install(WORKSPACE);

        assertThat(store.templates().byName(WORKSPACE, "webinar")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void aFirstStartThatWasCutShortIsRepairedByTheNext(int roomsAndTemplatesSaved) {
        Repositories cut = cutShort(store, roomsAndTemplatesSaved);
        StockTemplates interrupted = new StockTemplates(cut.templates(), cut.rooms(), cut.codes(), ids, time);
        assertThat(catchThrowable(() -> interrupted.install(WORKSPACE))).isInstanceOf(CutShort.class);
        stock.install(WORKSPACE);

        assertThat(stock.demoRooms(WORKSPACE))
                .hasSize(4)
                .allSatisfy(demo -> assertThat(demo.codes())
                        .hasSameSizeAs(demo.template().roles().keySet()));
        assertThat(store.templates()
                        .list(WORKSPACE, new Page.Request(100, null))
                        .data())
                .hasSize(4);
        assertThat(store.rooms()
                        .list(
                                WORKSPACE,
                                new RoomRepository.Filter(null, null, null, null, null),
                                new Page.Request(100, null))
                        .data())
                .hasSize(4);
    }

    private static final class CutShort extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// A store that fails after some codes were saved, as a killed process does.
    private static Repositories cutShort(Repositories store, int codesSaved) {
        int[] left = {codesSaved};
        return new Repositories(
                store.workspaces(),
                store.accessKeys(),
                store.templates(),
                store.rooms(),
                new RoomCodeRepository() {
                    @Override
                    public void save(List<RoomCode> codes) {
                        for (RoomCode code : codes) {
                            if (left[0]-- == 0) {
                                throw new CutShort();
                            }
                            store.codes().save(code);
                        }
                    }

                    @Override
                    public Set<String> taken(Collection<String> codes) {
                        return store.codes().taken(codes);
                    }

                    @Override
                    public Optional<RoomCode> byCode(String code) {
                        return store.codes().byCode(code);
                    }

                    @Override
                    public List<RoomCode> ofRoom(String roomId) {
                        return store.codes().ofRoom(roomId);
                    }
                },
                store.sessions(),
                store.history(),
                store.statistics(),
                store.polls(),
                store.audit(),
                store.users());
    }

    @Test
    void everybodyInAConferenceSeesEverybody() {
        stock.install(WORKSPACE);
        assertThat(roles("video-conferencing").values()).allSatisfy(role -> {
            assertThat(role.publishParams().allowed()).containsExactly("audio", "video", "screen");
            assertThat(role.subscribeParams().subscribeToRoles()).containsExactly("host", "guest");
        });
        assertThat(roles("video-conferencing").get("host").permissions().endRoom())
                .isTrue();
        assertThat(roles("video-conferencing").get("guest").permissions().endRoom())
                .isFalse();
    }

    @Test
    void viewersOfAStreamPublishNothing() {
        stock.install(WORKSPACE);
        assertThat(roles("live-streaming"))
                .containsOnlyKeys(
                        "broadcaster", "co-broadcaster", "viewer-realtime", "viewer-near-realtime", "viewer-on-stage");
        assertThat(roles("live-streaming")
                        .get("viewer-realtime")
                        .publishParams()
                        .allowed())
                .isEmpty();
        assertThat(roles("live-streaming")
                        .get("viewer-near-realtime")
                        .subscribeParams()
                        .subscribeToRoles())
                .isEmpty();
    }

    @Test
    void camerasComeInThreeLayersAndNothingElseDoes() {
        stock.install(WORKSPACE);
        assertThat(roles("video-conferencing").values()).allSatisfy(role -> {
            SimulcastParams simulcast = role.publishParams().simulcast();
            assertThat(simulcast.screen()).isNull();
            assertThat(simulcast.video().layers())
                    .extracting(SimulcastLayer::rid)
                    .containsExactly("f", "h", "q");
            assertThat(simulcast.video().layers())
                    .extracting(SimulcastLayer::scaleResolutionDownBy)
                    .containsExactly(1.0, 2.0, 4.0);
        });
        assertThat(roles("audio-room").values())
                .allSatisfy(role -> assertThat(role.publishParams().simulcast()).isNull());
    }

    @Test
    void anAudioRoomHasNoPicture() {
        stock.install(WORKSPACE);
        assertThat(roles("audio-room").values())
                .allSatisfy(role -> assertThat(role.publishParams().video()).isNull());
    }

    @Test
    void aRoomMadeWithoutTemplateIsAConference() {
        stock.install(WORKSPACE);
        RoomService rooms = new RoomService(store.rooms(), store.templates(), ids, time);
        assertThat(RoomChange.forCreation(Map.of()).then(change -> rooms.create(WORKSPACE, change)))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(((Room) done.value()).templateId())
                                .isEqualTo(store.templates()
                                        .defaultOf(WORKSPACE)
                                        .orElseThrow()
                                        .id()));
    }
}
