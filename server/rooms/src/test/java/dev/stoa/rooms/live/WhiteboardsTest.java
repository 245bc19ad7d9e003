package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.board.BoardEntry;
import dev.stoa.rooms.board.BoardOutbox;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.board.BoardSelector;
import dev.stoa.rooms.board.BoardStore;
import dev.stoa.rooms.board.BoardValue;
import dev.stoa.rooms.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The whiteboard of a session (protocol sections 2.14, 3.6.5, 10.4): who opens, sees, changes and closes it.
class WhiteboardsTest {
    private final TestRoom room = new TestRoom(Rooms.room(true, null), template(List.of("guest")));
    private final Client host = room.join("host", "h");
    private final Client guest = room.join("guest", "g");
    private final Client viewer = room.join("viewer", "v");

    /// Hosts administer and draw, viewers only see; single ones do not even know.
    private static Template template(List<String> writers) {
        Template plain = Rooms.moderated();
        Map<String, Object> lists = Map.of(
                "admin", List.of("host"), "writer", plus("host", writers), "reader", List.of("viewer", "unheard-of"));
        return new Template(
                plain.id(),
                plain.workspaceId(),
                plain.name(),
                false,
                plain.roles(),
                plain.settings(),
                plain.destinations(),
                Map.of("whiteboard", Map.of("permissions", lists)),
                plain.createdAt(),
                plain.updatedAt());
    }

    private static List<String> plus(String one, List<String> more) {
        List<String> all = new ArrayList<>(List.of(one));
        all.addAll(more);
        return all;
    }

    /// What a listener got.
    private static final class Listener implements BoardOutbox {
        final List<BoardEntry> entries = new ArrayList<>();
        final List<BoardRefusal> ends = new ArrayList<>();

        @Override
        public void deliver(BoardEntry entry) {
            entries.add(entry);
        }

        @Override
        public void end(BoardRefusal reason, String message) {
            ends.add(reason);
        }

        List<String> keys() {
            return entries.stream().map(BoardEntry::key).toList();
        }
    }

    private static PeerCommand.CreateBoard plan() {
        return new PeerCommand.CreateBoard("Plan", null, null, null);
    }

    private static String made(Client client) {
        return ((CommandResult.BoardMade) client.send(plan())).boardId();
    }

    private static CommandResult.BoardAccess access(Client client, String board) {
        return (CommandResult.BoardAccess) client.send(new PeerCommand.GetBoard(board));
    }

    private static int code(CommandResult result) {
        return ((CommandResult.Refused) result).code();
    }

    private BoardReply ask(Client client, String board, BoardRequest request) {
        return room.room.board(room.nowMs, new BoardPass(Rooms.ROOM, board, client.id), request);
    }

    private Listener listen(Client client, String board) {
        Listener listener = new Listener();
        assertThat(ask(client, board, new BoardRequest.Open(listener, List.of())))
                .isEqualTo(new BoardReply.Done());
        return listener;
    }

    private BoardReply put(Client client, String board, String key, String text) {
        return ask(client, board, new BoardRequest.Put(key, new BoardValue.Text(text)));
    }

    private static BoardRefusal refusal(BoardReply reply) {
        return ((BoardReply.Refused) reply).reason();
    }

    private static List<Boolean> told(Client client) {
        return client.notices(PeerNotice.BoardChanged.class).stream()
                .map(PeerNotice.BoardChanged::open)
                .toList();
    }

    @Test
    void itIsOpenForEverybodyOnceItsOwnerStreamsIt() {
        String board = made(host);
        assertThat(told(guest)).as("made is not open").isEmpty();

        Listener hosts = listen(host, board);

        PeerNotice.BoardChanged open = new PeerNotice.BoardChanged(board, "Plan", "user-h", true);
        for (Client client : List.of(host, guest, viewer)) {
            assertThat(client.notices(PeerNotice.BoardChanged.class)).containsExactly(open);
        }
        Listener guests = listen(guest, board);
        assertThat(put(host, board, "shape:1", "{}")).isEqualTo(new BoardReply.Done());
        assertThat(put(guest, board, "shape:2", "{}")).isEqualTo(new BoardReply.Done());
        assertThat(guests.keys()).as("who draws knows it").containsExactly("shape:1");
        assertThat(hosts.keys()).containsExactly("shape:2");
        assertThat(guests.entries.getFirst().byPeer()).isEqualTo("h");
    }

    @Test
    void rightsAreThoseOfTheRole() {
        String board = made(host);
        listen(host, board);

        assertThat(access(host, board).rights().words()).containsExactly("read", "write", "admin");
        assertThat(access(guest, board).rights().words()).containsExactly("read", "write");
        assertThat(access(viewer, board).rights().words()).containsExactly("read");
        Client single = room.join("single", "s");
        assertThat(access(single, board).rights().words()).isEmpty();

        assertThat(refusal(put(viewer, board, "k", "x"))).isEqualTo(BoardRefusal.NOT_ALLOWED);
        assertThat(refusal(ask(viewer, board, new BoardRequest.Put("k", null)))).isEqualTo(BoardRefusal.NOT_ALLOWED);
        assertThat(ask(viewer, board, new BoardRequest.Get("k"))).isEqualTo(new BoardReply.Found("k", null));
        assertThat(refusal(ask(single, board, new BoardRequest.Get("k")))).isEqualTo(BoardRefusal.NOT_ALLOWED);
        assertThat(code(guest.send(plan()))).isEqualTo(403);
        assertThat(code(guest.send(new PeerCommand.CloseBoard(board)))).isEqualTo(403);
    }

    @Test
    void aTemplateWithoutThePluginHasNoWhiteboard() {
        TestRoom bare = TestRoom.moderated();
        assertThat(code(bare.join("host", "x").send(plan()))).isEqualTo(403);
    }

    @Test
    void theOwnerMayLeaveRolesOutButAddNone() {
        CommandResult made = host.send(
                new PeerCommand.CreateBoard("Plan", List.of("viewer", "single"), List.of("host"), List.of("host")));
        String board = ((CommandResult.BoardMade) made).boardId();

        assertThat(access(guest, board).rights().words()).isEmpty();
        assertThat(access(viewer, board).rights().words()).containsExactly("read");
        assertThat(access(room.join("single", "s"), board).rights().words()).isEmpty();
        assertThat(code(host.send(new PeerCommand.CreateBoard("", List.of(), List.of(), List.of()))))
                .isEqualTo(400);
    }

    @Test
    void aNewListenerGetsAllThatIsThereOldestChangeFirst() {
        String board = made(host);
        listen(host, board);
        put(host, board, "a", "1");
        put(host, board, "b", "1");
        put(host, board, "c", "1");
        put(host, board, "a", "2");
        ask(host, board, new BoardRequest.Put("b", null));

        Listener late = listen(guest, board);

        assertThat(late.keys()).containsExactly("c", "a");
        assertThat(ask(guest, board, new BoardRequest.Count())).isEqualTo(new BoardReply.Counted(2));
    }

    /// Official clients take the first so many messages with a value for the beginning.
    @Test
    void theCountIsWhatTheListenerWasSent() {
        String board = made(host);
        listen(host, board);
        put(host, board, "a", "1");
        assertThat(ask(guest, board, new BoardRequest.Count()))
                .isEqualTo(new BoardReply.Refused(BoardRefusal.NOT_FOUND, "peer not found"));

        Listener late = listen(guest, board);
        put(host, board, "a", "2");
        ask(host, board, new BoardRequest.Put("a", null));
        put(guest, board, "b", "1");

        assertThat(late.entries).hasSize(3);
        assertThat(ask(guest, board, new BoardRequest.Count())).isEqualTo(new BoardReply.Counted(2));
    }

    @Test
    void aListenerMayChooseKeys() {
        String board = made(host);
        listen(host, board);
        Listener some = new Listener();
        ask(
                guest,
                board,
                new BoardRequest.Open(
                        some,
                        List.of(
                                new BoardSelector(BoardSelector.Match.PREFIX, "shape:"),
                                new BoardSelector(BoardSelector.Match.SUFFIX, ":page"),
                                new BoardSelector(BoardSelector.Match.KEY, "one"))));

        for (String key : List.of("shape:1", "camera:page", "one", "two", "page")) {
            put(host, board, key, "1");
        }

        assertThat(some.keys()).containsExactly("shape:1", "camera:page", "one");
    }

    @Test
    void itClosesShortlyAfterItsOwnersStreamAndKeepsWhatIsOnIt() {
        String board = made(host);
        Listener hosts = listen(host, board);
        Listener guests = listen(guest, board);
        put(host, board, "a", "1");

        ask(host, board, new BoardRequest.Close(hosts));
        room.pass(Whiteboards.GRACE_MS - 1);
        assertThat(put(guest, board, "b", "1")).isEqualTo(new BoardReply.Done());
        room.pass(1);

        assertThat(told(guest)).containsExactly(true, false);
        assertThat(guests.ends).containsExactly(BoardRefusal.CLOSED);
        assertThat(refusal(put(guest, board, "c", "1"))).isEqualTo(BoardRefusal.CLOSED);
        assertThat(refusal(ask(guest, board, new BoardRequest.Open(new Listener(), List.of()))))
                .isEqualTo(BoardRefusal.CLOSED);

        assertThat(listen(host, board).keys()).containsExactly("a", "b");
        assertThat(told(guest)).containsExactly(true, false, true);
    }

    @Test
    void anOwnerThatComesBackAtOnceKeepsItOpen() {
        String board = made(host);
        Listener first = listen(host, board);

        ask(host, board, new BoardRequest.Close(first));
        room.pass(Whiteboards.GRACE_MS / 2);
        listen(host, board);
        room.pass(10 * Whiteboards.GRACE_MS);

        assertThat(told(guest)).containsExactly(true);
    }

    @Test
    void theEndOfOneOfTwoStreamsIsNoEnd() {
        String board = made(host);
        Listener first = listen(host, board);
        listen(host, board);

        ask(host, board, new BoardRequest.Close(first));
        ask(host, board, new BoardRequest.Close(first));
        room.pass(10 * Whiteboards.GRACE_MS);

        assertThat(told(guest)).containsExactly(true);
    }

    @Test
    void anotherStreamsEndChangesNothing() {
        String board = made(host);
        listen(host, board);
        Listener guests = listen(guest, board);

        ask(guest, board, new BoardRequest.Close(guests));
        room.pass(10 * Whiteboards.GRACE_MS);

        assertThat(told(guest)).containsExactly(true);
    }

    @Test
    void itClosesWithItsOwnersLeave() {
        String board = made(host);
        Listener hosts = listen(host, board);
        Listener guests = listen(guest, board);

        host.send(new PeerCommand.Leave(""));

        assertThat(hosts.ends).containsExactly(BoardRefusal.NOT_FOUND);
        assertThat(guests.ends).containsExactly(BoardRefusal.CLOSED);
        assertThat(told(guest)).containsExactly(true, false);
        assertThat(refusal(ask(host, board, new BoardRequest.Get("a")))).isEqualTo(BoardRefusal.NOT_FOUND);
    }

    @Test
    void whoMayAdministerTakesOverAClosedOne() {
        String board = made(host);
        listen(host, board);
        Client second = room.join("host", "h2");
        assertThat(access(second, board).owner()).as("it is open").isEqualTo("user-h");
        assertThat(made(second)).as("a session has one").isEqualTo(board);
        host.send(new PeerCommand.Leave(""));

        assertThat(access(guest, board).owner()).isEqualTo("user-h");
        assertThat(access(second, board).owner()).isEqualTo("user-h2");
        listen(second, board);

        assertThat(guest.last(PeerNotice.BoardChanged.class))
                .isEqualTo(new PeerNotice.BoardChanged(board, "Plan", "user-h2", true));
    }

    @Test
    void anyAdministratorEndsIt() {
        String board = made(host);
        Listener hosts = listen(host, board);
        Client second = room.join("host", "h2");
        second.forget();

        assertThat(second.send(new PeerCommand.CloseBoard(board))).isEqualTo(new CommandResult.Done());

        assertThat(second.kinds()).as("the answer comes first").containsExactly("Done", "BoardChanged");
        assertThat(hosts.ends).containsExactly(BoardRefusal.CLOSED);
        assertThat(second.send(new PeerCommand.CloseBoard(board))).isEqualTo(new CommandResult.Done());
        assertThat(told(second)).containsExactly(false);
    }

    @Test
    void aLostRightEndsAStreamAndAnOwnersEndsTheBoard() {
        String board = made(host);
        Listener hosts = listen(host, board);
        Listener viewers = listen(viewer, board);

        host.send(new PeerCommand.ChangeRole("v", "single", true));
        assertThat(viewers.ends).containsExactly(BoardRefusal.NOT_ALLOWED);

        room.join("host", "h2").send(new PeerCommand.ChangeRole("h", "guest", true));
        assertThat(hosts.ends).containsExactly(BoardRefusal.CLOSED);
        assertThat(told(guest)).containsExactly(true, false);
    }

    @Test
    void aChangedTemplateCountsAtOnce() {
        String board = made(host);
        listen(host, board);
        Listener guests = listen(guest, board);

        room.room.templateChanged(room.nowMs, template(List.of()));

        assertThat(guests.ends).containsExactly(BoardRefusal.NOT_ALLOWED);
        assertThat(refusal(put(guest, board, "a", "1"))).isEqualTo(BoardRefusal.NOT_ALLOWED);
        assertThat(put(host, board, "a", "1")).isEqualTo(new BoardReply.Done());
    }

    @Test
    void whoComesLaterOrBackIsTold() {
        String board = made(host);
        Listener hosts = listen(host, board);
        assertThat(told(room.join("guest", "late"))).containsExactly(true);

        guest.drop();
        ask(host, board, new BoardRequest.Close(hosts));
        room.pass(Whiteboards.GRACE_MS);
        assertThat(told(guest.comeBack())).containsExactly(false);
        assertThat(told(room.join("guest", "later"))).isEmpty();
    }

    @Test
    void itEndsWithTheSession() {
        String board = made(host);
        listen(host, board);
        put(host, board, "a", "1");
        for (Client client : List.of(viewer, guest, host)) {
            client.send(new PeerCommand.Leave(""));
        }

        Client again = room.join("host", "h3");
        assertThat(code(again.send(new PeerCommand.GetBoard(board)))).isEqualTo(404);
        assertThat(refusal(ask(again, board, new BoardRequest.Get("a")))).isEqualTo(BoardRefusal.NOT_FOUND);
        assertThat(listen(again, made(again)).keys()).isEmpty();
    }

    @Test
    void anotherBoardOfTheRoomIsUnknown() {
        made(host);
        assertThat(refusal(ask(host, "000000000000000000000000", new BoardRequest.Get("a"))))
                .isEqualTo(BoardRefusal.NOT_FOUND);
        assertThat(code(host.send(new PeerCommand.GetBoard("other")))).isEqualTo(404);
        assertThat(code(host.send(new PeerCommand.CloseBoard("other")))).isEqualTo(404);
    }

    @Test
    void changesAndStreamsAreBounded() {
        String board = made(host);
        for (int i = 0; i < 4; i++) {
            listen(host, board);
        }
        assertThat(refusal(ask(host, board, new BoardRequest.Open(new Listener(), List.of()))))
                .isEqualTo(BoardRefusal.TOO_MUCH);

        int taken = 0;
        while (put(host, board, "k", "x") instanceof BoardReply.Done) {
            taken++;
        }
        assertThat(taken).isEqualTo(5_000);
        room.pass(1_000);
        assertThat(put(host, board, "k", "x")).isEqualTo(new BoardReply.Done());
    }

    @Test
    void aStoreHasLimits() {
        BoardStore store = new BoardStore();
        String large = "x".repeat(BoardStore.MAX_VALUE_BYTES);
        assertThat(refused(store, "k", large + "x")).isEqualTo(BoardRefusal.TOO_MUCH);
        assertThat(refused(store, " ", "x")).isEqualTo(BoardRefusal.INVALID);
        assertThat(refused(store, "k".repeat(BoardStore.MAX_KEY_LENGTH + 1), "x"))
                .isEqualTo(BoardRefusal.INVALID);

        int most = BoardStore.MAX_TOTAL_BYTES / BoardStore.MAX_VALUE_BYTES;
        for (int i = 0; i < most; i++) {
            assertThat(store.put("big" + i, new BoardValue.Text(large), "p"))
                    .isInstanceOf(BoardStore.Change.Made.class);
        }
        assertThat(refused(store, "one more", "x")).isEqualTo(BoardRefusal.TOO_MUCH);
        store.put("big0", null, "p");
        store.put("big0", null, "p");
        assertThat(store.put("one more", new BoardValue.Text(large), "p")).isInstanceOf(BoardStore.Change.Made.class);

        BoardStore small = new BoardStore();
        for (int i = 0; i < BoardStore.MAX_KEYS; i++) {
            small.put("k" + i, new BoardValue.Whole(i), "p");
        }
        assertThat(refused(small, "another", "x")).isEqualTo(BoardRefusal.TOO_MUCH);
        assertThat(small.put("k7", new BoardValue.Text("changed"), "p")).isInstanceOf(BoardStore.Change.Made.class);
    }

    private static BoardRefusal refused(BoardStore store, String key, String text) {
        return ((BoardStore.Change.Refused) store.put(key, new BoardValue.Text(text), "p")).reason();
    }
}
