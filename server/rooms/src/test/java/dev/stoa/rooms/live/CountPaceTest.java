package dev.stoa.rooms.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How often everybody hears how many are inside (`session-info`, `room-state`; protocol section 3.4).
class CountPaceTest {
    private static final int PROMPT = 50;

    private final TestRoom room = new TestRoom();

    private List<Client> join(int peers) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < peers; i++) {
            clients.add(room.join("viewer", "v" + i));
        }
        return clients;
    }

    private static List<Integer> counts(Client client) {
        return client.notices(PeerNotice.SessionInfo.class).stream()
                .map(PeerNotice.SessionInfo::peerCount)
                .toList();
    }

    @Test
    void smallRoomsHearOfEveryChangeAtOnce() {
        Client first = join(PROMPT).getFirst();

        assertThat(counts(first)).hasSize(PROMPT).endsWith(PROMPT);
    }

    @Test
    void biggerRoomsHearOfManyChangesInOneRound() {
        List<Client> clients = join(PROMPT);
        Client first = clients.getFirst();
        first.forget();

        for (int i = 0; i < 20; i++) {
            room.join("viewer", "late" + i);
        }
        assertThat(counts(first)).isEmpty();

        room.pass(100);
        assertThat(counts(first)).containsExactly(PROMPT + 20);
        room.pass(100);
        assertThat(counts(first)).hasSize(1);
    }

    @Test
    void aNewcomerKnowsTheCountWithoutWaiting() {
        join(PROMPT + 1);

        assertThat(counts(room.join("viewer", "late"))).containsExactly(PROMPT + 2);
    }

    @Test
    void aRoundIsDueWhenSomethingChanged() {
        join(PROMPT + 1);
        room.pass(100);
        long idle = room.room.nextDeadlineMs();

        room.join("viewer", "late");

        assertThat(room.room.nextDeadlineMs()).isEqualTo(room.nowMs + 100).isLessThan(idle);
    }
}
