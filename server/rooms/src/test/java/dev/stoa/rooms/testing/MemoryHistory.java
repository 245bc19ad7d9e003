package dev.stoa.rooms.testing;

import dev.stoa.rooms.history.HistoryEvent;
import dev.stoa.rooms.history.HistoryRepository;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemoryHistory implements HistoryRepository {
    private static final Comparator<HistoryEvent> NEWEST_FIRST = Comparator.comparingLong(HistoryEvent::position)
            .thenComparing(HistoryEvent::id)
            .reversed();

    private final ConcurrentSkipListMap<String, HistoryEvent> events = new ConcurrentSkipListMap<>();

    @Override
    public void save(HistoryEvent event) {
        events.putIfAbsent(event.id(), event);
    }

    @Override
    public List<HistoryEvent> list(Filter filter, long upTo, @Nullable Mark after, int limit) {
        return matching(filter, upTo)
                .filter(event -> after == null || isAfter(event, after))
                .limit(limit)
                .toList();
    }

    private static boolean isAfter(HistoryEvent event, Mark mark) {
        return event.position() < mark.position()
                || (event.position() == mark.position() && event.id().compareTo(mark.id()) < 0);
    }

    @Override
    public long count(Filter filter, long upTo) {
        return matching(filter, upTo).count();
    }

    private Stream<HistoryEvent> matching(Filter filter, long upTo) {
        Instant since = filter.since();
        return events.values().stream()
                .filter(event -> event.position() <= upTo)
                .filter(event -> event.workspaceId().equals(filter.workspaceId()))
                .filter(event -> filter.roomId() == null || event.roomId().equals(filter.roomId()))
                .filter(event -> filter.sessionId() == null || Objects.equals(event.sessionId(), filter.sessionId()))
                .filter(event -> filter.peerId() == null || Objects.equals(event.peerId(), filter.peerId()))
                .filter(event -> filter.userId() == null || Objects.equals(event.userId(), filter.userId()))
                .filter(event -> filter.types().isEmpty() || filter.types().contains(event.type()))
                .filter(event -> !filter.errorsOnly() || event.error())
                .filter(event -> since == null || !event.at().isBefore(since))
                .sorted(NEWEST_FIRST);
    }

    @Override
    public int deleteBefore(Instant time, int limit) {
        List<String> old = events.values().stream()
                .filter(event -> event.at().isBefore(time))
                .limit(limit)
                .map(HistoryEvent::id)
                .toList();
        old.forEach(events::remove);
        return old.size();
    }
}
