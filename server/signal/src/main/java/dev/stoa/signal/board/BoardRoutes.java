package dev.stoa.signal.board;

import dev.stoa.rooms.board.BoardRefusal;
import dev.stoa.rooms.board.BoardReply;
import dev.stoa.rooms.board.BoardRequest;
import dev.stoa.rooms.board.BoardSelector;
import dev.stoa.rooms.board.BoardStore;
import dev.stoa.rooms.live.LiveBoards;
import dev.stoa.signal.SignalCounters;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Service `sessionstorepb.Store` (protocol section 10.4). Everything that goes wrong is a gRPC status in an answer
/// of HTTP status 200, as gRPC-web asks; nothing of a board is logged.
public final class BoardRoutes {
    /// How long an end of the owner's stream goes unnoticed, twice: the first write after it still succeeds.
    private static final Duration OWNERS_PATIENCE = Duration.ofSeconds(1);
    /// Proxies close what is silent for a minute, our own server after half of one.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// The largest value with its key, as base64 text, and some air.
    private static final int MAX_BODY = (BoardStore.MAX_VALUE_BYTES + 4 * BoardStore.MAX_KEY_LENGTH + 1024) * 4 / 3;
    private static final String SERVICE = "/sessionstorepb.Store/";
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, X-Grpc-Web, X-User-Agent, Accept, grpc-timeout";

    private static final int OK = 0;
    private static final int INVALID_ARGUMENT = 3;
    private static final int NOT_FOUND = 5;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int FAILED_PRECONDITION = 9;
    private static final int UNIMPLEMENTED = 12;
    private static final int UNAVAILABLE = 14;
    private static final int UNAUTHENTICATED = 16;

    private final BoardTokens tokens;
    private final LiveBoards boards;
    private final SignalCounters counters;

    public BoardRoutes(BoardTokens tokens, LiveBoards boards, SignalCounters counters) {
        this.tokens = tokens;
        this.boards = boards;
        this.counters = counters;
    }

    public void register(RoutesConfig routes) {
        routes.before(SERVICE + "*", BoardRoutes::crossOrigin);
        routes.post(SERVICE + "{method}", this::serve);
    }

    /// Tokens travel in a header and never in a cookie: an origin gains nothing by its visitor's browser.
    private static void crossOrigin(Context ctx) {
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.header("Access-Control-Expose-Headers", "grpc-status, grpc-message");
        if (ctx.method() == HandlerType.OPTIONS) {
            ctx.header("Access-Control-Allow-Methods", "POST, OPTIONS");
            ctx.header("Access-Control-Allow-Headers", ALLOWED_HEADERS);
            ctx.header("Access-Control-Max-Age", "86400");
            ctx.status(204);
            ctx.skipRemainingHandlers();
        }
    }

    private void serve(Context ctx) {
        counters.boardRequests.increment();
        try {
            answer(ctx);
        } catch (IOException gone) {
            // That is how clients end a stream.
            counters.boardCallersLeft.increment();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Context ctx) throws IOException, InterruptedException {
        GrpcWeb format = GrpcWeb.of(ctx.req().getContentType());
        if (format == null) {
            counters.boardMalformed.increment();
            ctx.status(415);
            return;
        }
        Call call = new Call(ctx.res(), format);
        String authorization = ctx.header("Authorization");
        BoardTokens.Holder holder = authorization != null && authorization.startsWith("Bearer ")
                ? tokens.verify(authorization.substring("Bearer ".length()))
                : null;
        if (holder == null) {
            call.fail(UNAUTHENTICATED, "the token is forged, has expired or is not for a whiteboard");
            return;
        }
        byte[] body = ctx.req().getInputStream().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            call.fail(RESOURCE_EXHAUSTED, "a value has at most " + BoardStore.MAX_VALUE_BYTES + " bytes");
            return;
        }
        byte[] message = format.message(body);
        if (message == null) {
            call.malformed();
            return;
        }
        run(ctx.pathParam("method"), holder, message, call);
    }

    private void run(String method, BoardTokens.Holder holder, byte[] message, Call call)
            throws IOException, InterruptedException {
        switch (method) {
            case "open" -> open(holder, StoreMessages.open(message), call);
            case "count" -> call.answer(holder, StoreMessages.isMessage(message) ? new BoardRequest.Count() : null);
            case "get", "set", "delete" -> {
                StoreMessages.Keyed keyed = StoreMessages.keyed(message);
                call.answer(holder, keyed == null ? null : request(method, keyed));
            }
            default -> call.fail(UNIMPLEMENTED, "the store of whiteboards has no such method");
        }
    }

    private static BoardRequest request(String method, StoreMessages.Keyed keyed) {
        return switch (method) {
            case "get" -> new BoardRequest.Get(keyed.key());
            case "delete" -> new BoardRequest.Put(keyed.key(), null);
            default -> new BoardRequest.Put(keyed.key(), keyed.value());
        };
    }

    private void open(BoardTokens.Holder holder, @Nullable List<BoardSelector> select, Call call)
            throws IOException, InterruptedException {
        if (select == null) {
            call.malformed();
            return;
        }
        BoardStream stream = new BoardStream();
        try {
            BoardReply reply = boards.ask(holder.pass(), new BoardRequest.Open(stream, select));
            if (reply instanceof BoardReply.Refused refused) {
                call.refuse(refused);
            } else {
                call.refuse(stream.writeTo(
                        call.begin().getOutputStream(), call.format, holder.admin() ? OWNERS_PATIENCE : PATIENCE));
            }
        } finally {
            // Also after a refusal: a room that was too slow to say so may have taken the stream since.
            boards.ask(holder.pass(), new BoardRequest.Close(stream));
        }
    }

    /// One request and its way back.
    private final class Call {
        private final HttpServletResponse response;
        private final GrpcWeb format;

        Call(HttpServletResponse response, GrpcWeb format) {
            this.response = response;
            this.format = format;
        }

        HttpServletResponse begin() {
            response.setStatus(200);
            response.setContentType(format.contentType());
            response.setHeader("Cache-Control", "no-store");
            // Some proxies would collect the stream before they pass it on.
            response.setHeader("X-Accel-Buffering", "no");
            return response;
        }

        void answer(BoardTokens.Holder holder, @Nullable BoardRequest request) throws IOException {
            if (request == null) {
                malformed();
                return;
            }
            switch (boards.ask(holder.pass(), request)) {
                case BoardReply.Refused refused -> refuse(refused);
                case BoardReply.Done() -> succeed(new byte[0]);
                case BoardReply.Counted(long values) -> succeed(StoreMessages.counted(values));
                case BoardReply.Found(var key, var value) -> succeed(StoreMessages.found(key, value));
            }
        }

        private void succeed(byte[] message) throws IOException {
            var out = begin().getOutputStream();
            out.write(format.messageFrame(message));
            out.write(format.status(OK, ""));
        }

        void malformed() throws IOException {
            counters.boardMalformed.increment();
            fail(INVALID_ARGUMENT, "the request is not one message of this method");
        }

        void refuse(BoardReply.Refused refused) throws IOException {
            fail(code(refused.reason()), refused.message());
        }

        void fail(int code, String message) throws IOException {
            counters.boardRefused.increment();
            begin().getOutputStream().write(format.status(code, message));
        }
    }

    private static int code(BoardRefusal reason) {
        return switch (reason) {
            case INVALID -> INVALID_ARGUMENT;
            case NOT_FOUND -> NOT_FOUND;
            case NOT_ALLOWED -> PERMISSION_DENIED;
            case CLOSED -> FAILED_PRECONDITION;
            case TOO_MUCH -> RESOURCE_EXHAUSTED;
            case BUSY -> UNAVAILABLE;
        };
    }
}
