package dev.stoa.api.webhook;

import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.DeliveryFilter;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The filters of history and replay, from query and body: the reference shows both, the body counts more.
final class HistoryQuery {
    private static final Duration OLDEST = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(14);
    private static final Duration DEFAULT_LENGTH = Duration.ofDays(1);
    private static final int MAX_EVENT_NAMES = 50;
    private static final int MAX_PAGE = 1_000_000;
    private static final int HISTORY_LIMIT = 50;
    private static final int MAX_HISTORY_LIMIT = 100;
    private static final int MAX_REPLAYED = 50_000;

    private final Context ctx;
    private final Map<String, Object> body;
    private final List<String> problems = new ArrayList<>();
    private final Instant from;
    private final Instant to;
    private final @Nullable String roomId;
    private final Delivery.@Nullable State state;
    private final List<String> types;
    private int limit;
    private int page = 1;
    private int offset;

    private HistoryQuery(Context ctx, Map<String, Object> body, Instant now, String status) {
        this.ctx = ctx;
        this.body = body;
        Instant end = instant("end_time");
        Instant start = instant("start_time");
        this.from = start == null ? now.minus(DEFAULT_LENGTH) : start;
        this.to = end == null ? earlier(now, from.plus(LONGEST)) : end;
        if (from.isBefore(now.minus(OLDEST))) {
            problems.add("start_time must be within the last 30 days");
        } else if (to.isBefore(from) || to.isAfter(from.plus(LONGEST))) {
            problems.add("end_time must be within 14 days after start_time");
        }
        this.roomId = text("room_id");
        this.state = state(text("status"), status);
        this.types = types();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static HistoryQuery ofHistory(Context ctx, Instant now) {
        HistoryQuery query = new HistoryQuery(ctx, Map.of(), now, "all");
        query.limit = query.integer("limit", 1, MAX_HISTORY_LIMIT, HISTORY_LIMIT);
        query.page = query.integer("page", 1, MAX_PAGE, 1);
        return query;
    }

    static HistoryQuery ofReplay(Context ctx, Map<String, Object> body, Instant now) {
        HistoryQuery query = new HistoryQuery(ctx, body, now, "failed");
        query.limit = query.integer("limit", 1, MAX_REPLAYED, MAX_REPLAYED);
        query.offset = query.integer("offset", 0, Integer.MAX_VALUE, 0);
        return query;
    }

    int limit() {
        return limit;
    }

    int page() {
        return page;
    }

    int offset() {
        return offset;
    }

    Outcome<?> then(String workspaceId, Function<DeliveryFilter, Outcome<?>> next) {
        return problems.isEmpty()
                ? next.apply(new DeliveryFilter(workspaceId, from, to, roomId, state, types))
                : Outcome.invalid("Invalid query param", problems);
    }

    private @Nullable String text(String key) {
        Object given = body.get(key);
        if (given != null && !(given instanceof String)) {
            problems.add(key + " must be a string");
            return null;
        }
        return otherwiseQuery(key, (String) given);
    }

    private @Nullable String otherwiseQuery(String key, @Nullable String given) {
        String value = given == null ? ctx.queryParam(key) : given;
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable Instant instant(String key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException malformed) {
            problems.add(key + " must be a time as YYYY-MM-DDTHH:mm:ss.sssZ");
            return null;
        }
    }

    private int integer(String key, int min, int max, int otherwise) {
        // Samples of the reference have numbers in texts as well.
        Object given = body.get(key);
        String value = otherwiseQuery(key, given == null ? null : String.valueOf(given));
        if (value == null) {
            return otherwise;
        }
        try {
            return Math.clamp(Integer.parseInt(value), min, max);
        } catch (NumberFormatException malformed) {
            problems.add(key + " must be an integer");
            return otherwise;
        }
    }

    private Delivery.@Nullable State state(@Nullable String given, String otherwise) {
        return switch (given == null ? otherwise : given) {
            case "all" -> null;
            case "failed" -> Delivery.State.FAILED;
            case "success" -> Delivery.State.DELIVERED;
            case String other -> {
                problems.add("status must be one of all, failed, success");
                yield null;
            }
        };
    }

    private List<String> types() {
        List<String> given = new ArrayList<>();
        for (String key : List.of("event_names", "event_types")) {
            given.addAll(names(key, body.get(key)));
            given.addAll(ctx.queryParams(key));
        }
        if (given.size() > MAX_EVENT_NAMES) {
            problems.add("event_names must be at most " + MAX_EVENT_NAMES);
        }
        return given.stream().distinct().sorted().toList();
    }

    private List<String> names(String key, @Nullable Object given) {
        if (given == null) {
            return List.of();
        }
        if (given instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        problems.add(key + " must be a list of strings");
        return List.of();
    }
}
