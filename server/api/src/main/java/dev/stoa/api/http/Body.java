package dev.stoa.api.http;

import dev.stoa.rooms.outcome.Outcome;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// Bodies of requests. They are JSON whatever the content type says: browsers send room codes as `text/plain` to do
/// without a preflight.
public final class Body {
    /// Bytes.
    public static final int MAX_SIZE = 1024 * 1024;

    private Body() {}

    /// No body at all counts as an empty object.
    ///
    /// @throws ContentTooLargeResponse more than [#MAX_SIZE] bytes, declared or not
    public static Outcome<Map<String, Object>> object(Context ctx) {
        return parsed(bytes(ctx));
    }

    private static Outcome<Map<String, Object>> parsed(byte[] bytes) {
        if (bytes.length == 0) {
            return Outcome.done(Map.of());
        }
        try {
            Map<String, Object> value = ApiJson.readObject(bytes);
            return value == null ? notAnObject() : Outcome.done(value);
        } catch (JacksonException malformed) {
            return notAnObject();
        }
    }

    /// Takes a list as well, and gives it as an object that has it under a key.
    public static Outcome<Map<String, Object>> objectOrList(Context ctx, String key) {
        byte[] bytes = bytes(ctx);
        return isList(bytes) ? parsedList(bytes, key) : parsed(bytes);
    }

    private static boolean isList(byte[] bytes) {
        for (byte one : bytes) {
            if (!Character.isWhitespace(one)) {
                return one == '[';
            }
        }
        return false;
    }

    private static Outcome<Map<String, Object>> parsedList(byte[] bytes, String key) {
        try {
            return Outcome.done(Map.of(key, ApiJson.readList(bytes)));
        } catch (JacksonException malformed) {
            return Outcome.invalid("Invalid body", List.of("body must be a JSON object or array"));
        }
    }

    private static byte[] bytes(Context ctx) {
        if (ctx.req().getContentLengthLong() > MAX_SIZE) {
            throw new ContentTooLargeResponse();
        }
        try (InputStream in = ctx.req().getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new ContentTooLargeResponse();
            }
            return bytes;
        } catch (IOException broken) {
            return new byte[] {0};
        }
    }

    private static Outcome<Map<String, Object>> notAnObject() {
        return Outcome.invalid("Invalid body", List.of("body must be a JSON object"));
    }
}
