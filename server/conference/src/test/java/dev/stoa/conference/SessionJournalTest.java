package dev.stoa.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stoa.conference.TestServer.Peer;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.live.CommandResult;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerCommand;
import dev.stoa.rooms.live.RoomEvent;
import dev.stoa.rooms.session.JournalEntry;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.testing.MemoryJournal;
import dev.stoa.rooms.testing.Repositories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens in rooms is written in order, whatever the database does meanwhile.
@Timeout(60)
class SessionJournalTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Repositories stores = Repositories.inMemory();
    private final MemoryJournal memory =
            new MemoryJournal(stores.rooms(), stores.sessions(), stores.polls(), stores.statistics());
    private final ConferenceCounters counters = new ConferenceCounters();

    private SessionJournal journal(int capacity) {
        return new SessionJournal(
                memory, counters, new RandomIds(new Random(1), Instant::now), System::currentTimeMillis, capacity);
    }

    private static RoomEvent opened(int number) {
        return new RoomEvent.SessionOpened(session(number));
    }

    private static SessionRecord session(int number) {
        return new SessionRecord("s" + number, TestServer.WORKSPACE, TestServer.ROOM, Instant.EPOCH, null);
    }

    private static void emit(SessionJournal journal, int number) {
        journal.emit(TestServer.room(true), session(number), opened(number));
    }

    @Test
    void entriesWaitForALostDatabaseAndAreWrittenInTheirOrder() {
        SessionJournal journal = journal(1000);
        memory.away(true);
        List<RoomEvent> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            emit(journal, i);
            expected.add(opened(i));
        }
        await().until(() -> counters.recordsRetried.sum() >= 2);
        assertThat(memory.events()).isEmpty();
        assertThat(journal.waiting()).isEqualTo(300);

        memory.away(false);

        assertThat(journal.drain(SOON)).isTrue();
        assertThat(memory.events()).isEqualTo(expected);
        assertThat(journal.waiting()).isZero();
        assertThat(counters.recordsLost.sum()).isZero();
        journal.close();
    }

    @Test
    void whatDoesNotFitIsLostAndCounted() {
        SessionJournal journal = journal(5);
        memory.away(true);
        for (int i = 0; i < 8; i++) {
            emit(journal, i);
        }
        memory.away(false);

        assertThat(journal.drain(SOON)).isTrue();
        assertThat(counters.recordsLost.sum()).isEqualTo(3);
        assertThat(memory.events()).hasSize(5);
        journal.close();
    }

    @Test
    void anEntryTheDatabaseRefusesForItsContentIsLostAlone() {
        List<String> written = new CopyOnWriteArrayList<>();
        SessionJournal journal = new SessionJournal(
                entries -> {
                    if (entries.stream().anyMatch(entry -> sessionId(entry).equals("s1"))) {
                        throw new IllegalStateException("refused");
                    }
                    entries.forEach(entry -> written.add(sessionId(entry)));
                },
                counters,
                new RandomIds(new Random(1), Instant::now),
                System::currentTimeMillis,
                100);
        for (int i = 0; i < 3; i++) {
            emit(journal, i);
        }

        assertThat(journal.drain(SOON)).isTrue();
        assertThat(written).containsExactly("s0", "s2");
        assertThat(counters.recordsLost.sum()).isEqualTo(1);
        journal.close();
    }

    private static String sessionId(JournalEntry entry) {
        return ((RoomEvent.SessionOpened) entry.event()).session().id();
    }

    @Test
    void positionsAlwaysGrow() {
        SessionJournal journal = journal(100);
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long position =
                    journal.entry(TestServer.room(true), null, opened(i)).position();
            assertThat(position).isGreaterThan(last);
            last = position;
        }
        journal.close();
    }

    @Test
    void aRunningRoomGoesOnWithoutTheDatabaseAndLetsItsPeersComeBack() {
        try (TestServer server = new TestServer()) {
            Peer anna = server.join("moderator");
            server.away(true);

            Peer back = new Peer(anna.id);
            assertThat(server.rooms.connect(TestServer.token("moderator", anna.id), anna.id, back))
                    .isInstanceOf(LiveRooms.Connection.Connected.class);
            Peer ben = server.join("host");
            assertThat(ben.send(new PeerCommand.Leave(""))).isEqualTo(new CommandResult.Done());

            server.away(false);
            await().until(() -> server.journal.events().stream()
                    .anyMatch(event -> event instanceof RoomEvent.PeerGone gone
                            && gone.peer().id().equals(ben.id)));
            assertThat(server.journal.events().getFirst()).isInstanceOf(RoomEvent.SessionOpened.class);
        }
    }

    @Test
    void aRoomThatDoesNotRunIsRefusedWith503WhileTheDatabaseIsAway() {
        try (TestServer server = new TestServer()) {
            server.away(true);

            assertThat(server.rooms.admit(TestServer.token("host", "p"), "p"))
                    .isInstanceOfSatisfying(
                            LiveRooms.Admission.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(503));
            server.away(false);
        }
    }
}
