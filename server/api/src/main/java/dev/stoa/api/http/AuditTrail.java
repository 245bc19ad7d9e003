package dev.stoa.api.http;

import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who changed what. Reading leaves no trace, nor does what a caller without a valid token tried.
public final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    /// A room code opens a room: it is a secret to those who only read the log.
    private static final String ROOM_CODE = "code";

    /// What the answer to a creation calls the thing.
    private static final List<String> NAMES = List.of("id", "access_key");

    private static final int MAX_OBJECT = 256;

    private final AuditRepository audit;
    private final IdSource ids;
    private final TimeSource time;

    public AuditTrail(AuditRepository audit, IdSource ids, TimeSource time) {
        this.audit = audit;
        this.ids = ids;
        this.time = time;
    }

    static boolean concerns(Context ctx) {
        return !READING.contains(ctx.method());
    }

    /// @param made `""` = nothing was made
    public void record(Context ctx, String workspaceId, Actor actor, String made, int status) {
        String path = ctx.endpoint().path;
        String named = named(ctx, path);
        String object = named.isEmpty() ? made : named;
        AuditEntry entry = new AuditEntry(
                ids.objectId(),
                workspaceId,
                time.now().truncatedTo(ChronoUnit.MILLIS),
                actor,
                ctx.method().name(),
                path,
                object.substring(0, Math.min(object.length(), MAX_OBJECT)),
                status);
        try {
            audit.add(entry);
        } catch (StoreUnavailableException away) {
            LOG.warn("{} {} is missing in the audit log: {}", ctx.method(), path, away.getMessage());
        }
    }

    private static String named(Context ctx, String path) {
        return PARAMETER
                .matcher(path)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(name -> !name.equals(ROOM_CODE))
                .map(ctx::pathParam)
                .collect(Collectors.joining("/"));
    }

    /// The id of what an endpoint made; `""` when its answer has none.
    static String made(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Done<?>(Object value) && value instanceof Map<?, ?> map) {
            for (String name : NAMES) {
                if (map.get(name) instanceof String id) {
                    return id;
                }
            }
        }
        return "";
    }
}
