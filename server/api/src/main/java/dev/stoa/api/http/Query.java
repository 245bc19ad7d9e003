package dev.stoa.api.http;

import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The query of one request; collects what is wrong with it. Empty values count as absent.
public final class Query {
    private final Context ctx;
    private final List<String> problems = new ArrayList<>();

    public Query(Context ctx) {
        this.ctx = ctx;
    }

    public @Nullable String text(String name) {
        String value = ctx.queryParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    public @Nullable Boolean flag(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        if (!value.equals("true") && !value.equals("false")) {
            problem(name, "must be true or false");
        }
        return value.equals("true");
    }

    public @Nullable Integer integer(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException malformed) {
            problem(name, "must be an integer");
            return null;
        }
    }

    public @Nullable Instant instant(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException malformed) {
            problem(name, "must be a time as YYYY-MM-DDTHH:mm:ss.sssZ");
            return null;
        }
    }

    /// @param limit when the query names none; what it names is brought into 10..100
    public Page.Request page(int limit) {
        String given = text("limit");
        int chosen = limit;
        if (given != null) {
            try {
                chosen = Integer.parseInt(given);
            } catch (NumberFormatException malformed) {
                problem("limit", "must be an integer");
            }
        }
        return new Page.Request(chosen, text("start"));
    }

    /// @param min inclusive
    /// @param max inclusive
    public int integer(String name, int otherwise, int min, int max) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
            problem(name, "must be between " + min + " and " + max);
        } catch (NumberFormatException notNumber) {
            problem(name, "must be an integer");
        }
        return otherwise;
    }

    /// What the reader makes of this query, unless something was wrong with it.
    public <T> Outcome<T> then(Supplier<Outcome<T>> next) {
        return problems.isEmpty() ? next.get() : Outcome.invalid("Invalid query param", problems);
    }

    public void problem(String name, String what) {
        problems.add("Invalid query param: " + name + " " + what);
    }
}
