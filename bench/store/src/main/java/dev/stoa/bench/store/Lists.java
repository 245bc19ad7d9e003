package dev.stoa.bench.store;

import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.session.SessionRecord;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.session.SessionRepository.Filter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Every list query of `/v2/sessions`: a page of 100 with its peers, as the REST API reads it.
final class Lists {
    private static final int WARM_UP = 50;
    private static final int RUNS = 200;
    private static final int PAGE = 100;

    private final Filling filling;
    private final SessionRepository sessions;
    private final Random random = new Random(7);

    Lists(Filling filling, SessionRepository sessions) {
        this.filling = filling;
        this.sessions = sessions;
    }

    /// Milliseconds that one of twenty calls exceeds, and the half.
    record Times(double p50, double p95) {}

    @FunctionalInterface
    private interface Ask {
        Question next();
    }

    private record Question(Filter filter, @Nullable String start) {}

    private static Question question(
            @Nullable Boolean active,
            @Nullable String room,
            @Nullable Instant after,
            @Nullable Instant before,
            @Nullable String start) {
        return new Question(new Filter(active, room, after, before), start);
    }

    /// By name of the query.
    Map<String, Times> measure() {
        String busy = Filling.roomId(0);
        Map<String, Ask> asks = new LinkedHashMap<>();
        asks.put("first page", () -> question(null, null, null, null, null));
        asks.put("deep page", () -> question(null, null, null, null, anySession()));
        asks.put("`room_id`, a usual room", () -> question(null, anyRoom(), null, null, null));
        asks.put("`room_id`, the busy room, deep page", () -> question(null, busy, null, null, anySession()));
        asks.put("`room_id`, the busy room, `active=true`", () -> question(true, busy, null, null, null));
        asks.put("`active=true`", () -> question(true, null, null, null, null));
        asks.put("`active=false`", () -> question(false, null, null, null, null));
        asks.put("`active=false`, deep page", () -> question(false, null, null, null, anySession()));
        asks.put("any day (`after`, `before`)", () -> window(null, null, 1, false));
        asks.put("any 300 days, page from their middle", () -> window(null, null, 300, true));
        asks.put("any 90 days, `active=false`", () -> window(false, null, 90, false));
        asks.put("any 30 days of the busy room", () -> window(null, busy, 30, false));
        Map<String, Times> times = new LinkedHashMap<>();
        asks.forEach((name, ask) -> times.put(name, measure(name, ask)));
        return times;
    }

    private String anySession() {
        return filling.sessionId(random.nextInt(filling.sessions()));
    }

    private static Instant dayAfterFirst(int day) {
        return Filling.FIRST.plus(Duration.ofDays(day));
    }

    private String anyRoom() {
        return Filling.roomId(1 + random.nextInt(Filling.ROOMS - 1));
    }

    private Question window(@Nullable Boolean active, @Nullable String room, int days, boolean middle) {
        int first = random.nextInt(360 - days);
        int mark = (int) ((first + days / 2L) * filling.sessions() / 365);
        return question(
                active,
                room,
                dayAfterFirst(first),
                dayAfterFirst(first + days),
                middle ? filling.sessionId(mark) : null);
    }

    private Times measure(String name, Ask ask) {
        for (int i = 0; i < WARM_UP; i++) {
            read(ask.next());
        }
        long[] ns = new long[RUNS];
        long rows = 0;
        for (int i = 0; i < RUNS; i++) {
            Question question = ask.next();
            long start = System.nanoTime();
            rows += read(question);
            ns[i] = System.nanoTime() - start;
        }
        if (rows == 0) {
            throw new IllegalStateException("nothing was found: " + name);
        }
        Arrays.sort(ns);
        return new Times(ns[RUNS / 2] / 1e6, ns[RUNS * 95 / 100] / 1e6);
    }

    private int read(Question question) {
        List<SessionRecord> page = sessions.list(
                        Filling.WORKSPACE, question.filter(), new Page.Request(PAGE, question.start()))
                .data();
        sessions.peersOf(page.stream().map(SessionRecord::id).toList());
        return page.size();
    }
}
