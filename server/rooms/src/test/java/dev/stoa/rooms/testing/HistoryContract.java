package dev.stoa.rooms.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.history.HistoryRepository;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store has to do with what happened; part of [RepositoryContract].
public interface HistoryContract {
    Repositories store();

    private static HistoryEvent happened(int number, long position, String type, @Nullable String session) {
        return new HistoryEvent(
                "event-" + number,
                position,
                RepositoryContract.WORKSPACE.id(),
                RepositoryContract.id(50),
                session,
                "peer-" + number % 2,
                "user",
                type,
                type.endsWith("failed"),
                RepositoryContract.T0.plusSeconds(number),
                Map.of("n", number, "text", "\u00e4 '\""));
    }

    private HistoryRepository.Filter history(@Nullable String peer, boolean errors, List<String> types) {
        return new HistoryRepository.Filter(
                RepositoryContract.WORKSPACE.id(), RepositoryContract.id(50), null, peer, null, types, errors, null);
    }

    private List<String> ids(List<HistoryEvent> events) {
        return events.stream().map(HistoryEvent::id).toList();
    }

    @Test
    default void historyIsListedNewestFirstPageByPage() {
        saveRoomOfHistory();
        HistoryRepository.Filter all = history(null, false, List.of());
        List<HistoryEvent> first = store().history().list(all, 100, null, 2);
        assertThat(ids(first)).containsExactly("event-4", "event-3");
        HistoryRepository.Mark mark = new HistoryRepository.Mark(
                first.getLast().position(), first.getLast().id());
        assertThat(ids(store().history().list(all, 100, mark, 5))).containsExactly("event-2", "event-1");
        assertThat(store().history().count(all, 100)).isEqualTo(4);
        assertThat(ids(store().history().list(all, 20, null, 5))).containsExactly("event-2", "event-1");
        assertThat(first.getFirst().data()).containsEntry("n", 4).containsEntry("text", "\u00e4 '\"");
    }

    @Test
    default void historyIsFiltered() {
        saveRoomOfHistory();
        HistoryRepository history = store().history();
        assertThat(ids(history.list(history("peer-1", false, List.of()), 100, null, 9)))
                .containsExactly("event-3", "event-1");
        assertThat(ids(history.list(history(null, true, List.of()), 100, null, 9)))
                .containsExactly("event-4");
        assertThat(ids(history.list(history(null, false, List.of("a", "b")), 100, null, 9)))
                .containsExactly("event-2", "event-1");
        assertThat(ids(history.list(
                        HistoryRepository.Filter.ofSession(
                                RepositoryContract.WORKSPACE.id(), RepositoryContract.id(50), "s-1"),
                        100,
                        null,
                        9)))
                .containsExactly("event-3");
        assertThat(history.list(
                        HistoryRepository.Filter.ofSession(
                                RepositoryContract.OTHER.id(), RepositoryContract.id(50), "s-1"),
                        100,
                        null,
                        9))
                .isEmpty();
    }

    @Test
    default void anEventSavedTwiceIsThereOnceAndOldOnesGo() {
        saveRoomOfHistory();
        store().history().save(happened(1, 10, "a", null));
        HistoryRepository.Filter all = history(null, false, List.of());
        assertThat(store().history().count(all, 100)).isEqualTo(4);
        assertThat(store().history().deleteBefore(RepositoryContract.T0.plusSeconds(3), 1))
                .isEqualTo(1);
        assertThat(store().history().deleteBefore(RepositoryContract.T0.plusSeconds(3), 10))
                .isEqualTo(1);
        assertThat(store().history().deleteBefore(RepositoryContract.T0.plusSeconds(3), 10))
                .isZero();
        assertThat(ids(store().history().list(all, 100, null, 9))).containsExactly("event-4", "event-3");
    }

    private void saveRoomOfHistory() {
        store().rooms().save(RepositoryContract.room(50, "history", true, RepositoryContract.T0));
        store().history().save(happened(1, 10, "a", null));
        store().history().save(happened(2, 20, "b", null));
        store().history().save(happened(3, 30, "c", "s-1"));
        store().history().save(happened(4, 40, "client.join.failed", null));
    }
}
