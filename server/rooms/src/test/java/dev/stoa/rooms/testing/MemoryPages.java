package dev.stoa.rooms.testing;

import dev.stoa.rooms.room.Page;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

final class MemoryPages {
    private MemoryPages() {}

    static <T> Page<T> page(Collection<T> all, Function<T, String> id, Predicate<T> filter, Page.Request request) {
        String start = request.start();
        List<T> data = all.stream()
                .filter(filter)
                .filter(value -> start == null || id.apply(value).compareTo(start) < 0)
                .sorted(Comparator.comparing(id).reversed())
                .limit(request.limit())
                .toList();
        return new Page<>(data, request.limit(), data.isEmpty() ? null : id.apply(data.getLast()));
    }
}
