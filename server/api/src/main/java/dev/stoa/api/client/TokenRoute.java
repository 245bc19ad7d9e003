package dev.stoa.api.client;

import dev.stoa.api.http.Body;
import dev.stoa.api.http.Replies;
import dev.stoa.api.http.Times;
import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.RoomCodeService;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `POST /v2/token`: gives a client token for a room code. Nobody has to be known to ask.
public final class TokenRoute {
    private static final Duration VALIDITY = Duration.ofHours(24);

    /// The token travels in the address of the web socket, which must stay short.
    private static final int MAX_USER_ID_LENGTH = 512;

    private final RoomCodeService codes;
    private final WorkspaceRepository workspaces;
    private final JwtTokens tokens;
    private final IdSource ids;

    public TokenRoute(RoomCodeService codes, WorkspaceRepository workspaces, JwtTokens tokens, IdSource ids) {
        this.codes = codes;
        this.workspaces = workspaces;
        this.tokens = tokens;
        this.ids = ids;
    }

    public void register(RoutesConfig routes) {
        routes.post("/v2/token", ctx -> Replies.send(ctx, exchange(ctx)));
    }

    private record Wish(String code, String userId) {}

    private Outcome<?> exchange(Context ctx) {
        return Body.object(ctx)
                .then(this::wish)
                .then(wish -> codes.open(wish.code()).then(opened -> issue(opened, wish.userId())));
    }

    private Outcome<Wish> wish(Map<String, Object> body) {
        Fields fields = Fields.of(body);
        String code = fields.text("code", 64);
        String userId = fields.text("user_id", MAX_USER_ID_LENGTH);
        if (!fields.problems().isEmpty()) {
            return Outcome.invalid(fields.problems());
        }
        if (code == null || code.isBlank()) {
            return Outcome.invalid(List.of("Invalid body param: code is missing"));
        }
        return Outcome.done(new Wish(code, userId == null || userId.isEmpty() ? ids.uuid() : userId));
    }

    /// Both spellings of the expiry are read, by web and mobile clients.
    private Outcome<Map<String, Object>> issue(RoomCodeService.Opened opened, String userId) {
        Optional<Workspace> workspace = workspaces.byId(opened.room().workspaceId());
        if (workspace.isEmpty()) {
            return Outcome.notFound("room code not found");
        }
        JwtTokens.Issued issued = tokens.issueApp(workspace.get(), opened.room().id(), opened.role(), userId, VALIDITY);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", issued.token());
        json.put("expires_at", Times.text(issued.expiresAt()));
        json.put("expiresAt", Times.text(issued.expiresAt()));
        return Outcome.done(json);
    }
}
