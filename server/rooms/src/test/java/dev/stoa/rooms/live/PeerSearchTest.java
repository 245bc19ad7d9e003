package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Protocol section 2.7.
class PeerSearchTest {
    private final TestRoom room = TestRoom.moderated();
    private final Client asker = room.join("viewer", "asker");
    private final List<Client> guests = new ArrayList<>();

    @BeforeEach
    void guestsJoin() {
        for (int i = 0; i < 25; i++) {
            guests.add(room.join("guest", "g%02d".formatted(i)));
        }
    }

    private CommandResult.PeerPage find(String role, String group, List<String> ids, int limit) {
        return (CommandResult.PeerPage) asker.send(new PeerCommand.FindPeers(role, group, ids, limit));
    }

    private CommandResult.PeerPage next(String iterator, int limit) {
        return (CommandResult.PeerPage) asker.send(new PeerCommand.NextPeers(iterator, limit));
    }

    private static List<String> ids(List<PeerView> peers) {
        return peers.stream().map(PeerView::peerId).toList();
    }

    @Test
    void onePeerIsFoundByIdAsTheAskerMaySeeIt() {
        guests.getFirst().publish(Rooms.track("t", "audio", "regular"));

        CommandResult found = asker.send(new PeerCommand.GetPeer("g00"));

        assertThat(found).isInstanceOfSatisfying(CommandResult.FoundPeer.class, peer -> {
            assertThat(peer.peer().name()).isEqualTo("name-g00");
            assertThat(peer.peer().tracks()).as("viewers do not hear guests").isEmpty();
        });
        assertThat(asker.send(new PeerCommand.GetPeer("nobody")))
                .isEqualTo(new CommandResult.Refused(404, "no such peer in the room"));
    }

    @Test
    void pagesGoThroughAllMatchingPeersOnce() {
        CommandResult.PeerPage page = find("guest", null, List.of(), 10);
        List<String> seen = new ArrayList<>(ids(page.peers()));
        assertThat(page.total()).isEqualTo(25);
        assertThat(page.eof()).isFalse();

        // Somebody already listed leaves, somebody new comes: neither shifts the pages.
        guests.get(3).send(new PeerCommand.Leave(""));
        guests.add(room.join("guest", "late"));
        page = next(page.iterator(), 10);
        seen.addAll(ids(page.peers()));
        page = next(page.iterator(), 10);
        seen.addAll(ids(page.peers()));

        assertThat(page.eof()).isTrue();
        assertThat(seen).hasSize(26).doesNotHaveDuplicates().endsWith("late");
        assertThat(next(page.iterator(), 10).peers()).isEmpty();
    }

    @Test
    void theLastFullPageSaysSo() {
        CommandResult.PeerPage page = find("guest", null, List.of(), 25);

        assertThat(page.peers()).hasSize(25);
        assertThat(page.eof()).isTrue();
    }

    @Test
    void filtersAreCombined() {
        guests.get(5).send(new PeerCommand.JoinGroup("_handraise"));
        asker.send(new PeerCommand.JoinGroup("_handraise"));

        assertThat(ids(find(null, "_handraise", List.of(), 10).peers())).containsExactly("asker", "g05");
        assertThat(ids(find("guest", "_handraise", List.of(), 10).peers())).containsExactly("g05");
        assertThat(ids(find(null, null, List.of("g07", "g01", "nobody"), 10).peers()))
                .containsExactly("g01", "g07");
        assertThat(find("host", null, List.of(), 10))
                .satisfies(page -> assertThat(page.eof()).isTrue())
                .satisfies(page -> assertThat(page.total()).isZero());
        assertThat(find(null, null, List.of(), 10).total()).isEqualTo(26);
    }

    @Test
    void iteratorsBelongToTheirPeerAndSurviveAReconnect() {
        String iterator = find("guest", null, List.of(), 10).iterator();

        assertThat(guests.getFirst().send(new PeerCommand.NextPeers(iterator, 10)))
                .isInstanceOf(CommandResult.Refused.class);
        asker.drop();
        assertThat(asker.comeBack().send(new PeerCommand.NextPeers(iterator, 10)))
                .isInstanceOfSatisfying(
                        CommandResult.PeerPage.class,
                        page -> assertThat(ids(page.peers())).startsWith("g10"));
    }

    @Test
    void onlyTheNewestIteratorsAreKept() {
        String first = find("guest", null, List.of(), 1).iterator();
        for (int i = 0; i < 32; i++) {
            find("guest", null, List.of(), 1);
        }

        assertThat(asker.send(new PeerCommand.NextPeers(first, 1)))
                .isEqualTo(new CommandResult.Refused(404, "no such iterator; begin again with find-peer"));
    }

    @Test
    void namesAreSearchedWithoutCaseAndByPages() {
        guests.get(2).send(new PeerCommand.UpdateProfile("Ravi", null));
        guests.get(9).send(new PeerCommand.UpdateProfile("GRAVITY", null));
        guests.get(4).send(new PeerCommand.UpdateProfile("Travis", null));

        CommandResult.NamePage first = (CommandResult.NamePage) asker.send(new PeerCommand.SearchNames("rav", 2, 0));
        CommandResult.NamePage second =
                (CommandResult.NamePage) asker.send(new PeerCommand.SearchNames("rav", 2, first.offset()));

        assertThat(ids(first.peers())).containsExactly("g02", "g04");
        assertThat(first.eof()).isFalse();
        assertThat(ids(second.peers())).containsExactly("g09");
        assertThat(second.eof()).isTrue();
    }

    @Test
    void limitsThatMakeNoSenseAreRefusedAndLargeOnesCut() {
        assertThat(asker.send(new PeerCommand.FindPeers(null, null, List.of(), 0)))
                .isInstanceOf(CommandResult.Refused.class);
        assertThat(asker.send(new PeerCommand.SearchNames("", -1, 0))).isInstanceOf(CommandResult.Refused.class);
        assertThat(asker.send(new PeerCommand.SearchNames("", 1, -1))).isInstanceOf(CommandResult.Refused.class);
        assertThat(asker.send(new PeerCommand.SearchNames("", Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(new CommandResult.NamePage(100, Integer.MAX_VALUE, true, List.of()));
    }
}
