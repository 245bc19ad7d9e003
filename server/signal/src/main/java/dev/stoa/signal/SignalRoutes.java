package dev.stoa.signal;

import dev.stoa.rooms.access.AppToken;
import dev.stoa.rooms.access.TokenVerifier;
import dev.stoa.rooms.board.BoardPass;
import dev.stoa.rooms.board.BoardRights;
import dev.stoa.rooms.live.LiveBoards;
import dev.stoa.rooms.live.LiveRooms;
import dev.stoa.rooms.live.PeerNotice;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.signal.board.BoardRoutes;
import dev.stoa.signal.board.BoardTokens;
import dev.stoa.signal.init.InitHandler;
import dev.stoa.signal.json.NoticeWriter;
import dev.stoa.signal.json.ResultWriter;
import io.javalin.config.JavalinConfig;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Puts `/init`, `/v2/ws` and the store of whiteboards on an HTTP server.
public final class SignalRoutes {
    private static final String CONNECTION = "stoa.connection";

    /// Codes from here on tell of the server's state, not of the client's fault.
    private static final int FIRST_OF_THE_SERVERS = 500;

    /// RFC 6455 §7.4 and its registry: the server is overloaded or restarts.
    private static final int TRY_AGAIN_LATER = 1013;

    private final JsonMapper json = SignalJson.mapper();
    private final NoticeWriter notices = new NoticeWriter(json);
    private final SharedNotices shared = new SharedNotices(notices);
    private final SignalCounters counters = new SignalCounters();
    private final Rounds rounds;
    private final SignalSettings settings;
    private final TokenGate gate;
    private final LiveRooms rooms;
    private final LiveBoards boards;
    private final BoardTokens boardTokens = new BoardTokens(new SecureRandom(), InstantSource.system());

    public SignalRoutes(SignalSettings settings, TokenVerifier verifier, LiveRooms rooms, LiveBoards boards) {
        this.boards = boards;
        this.settings = settings;
        this.gate = new TokenGate(verifier, rooms);
        this.rooms = rooms;
        this.rounds = new Rounds(settings.longestRound());
    }

    public SignalCounters counters() {
        return counters;
    }

    public void register(JavalinConfig config) {
        config.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setMaxTextMessageSize(settings.maxMessageBytes());
            factory.setMaxBinaryMessageSize(1024);
            factory.setIdleTimeout(settings.idleTimeout());
        });
        config.jetty.modifyServletContextHandler(SignalRoutes::withoutCompression);
        new InitHandler(json, settings, gate, rooms).register(config.routes);
        new BoardRoutes(boardTokens, boards, counters).register(config.routes);
        config.routes.ws("/v2/ws", this::socket);
    }

    /// Compressing costs a quarter of a megabyte and a good part of a core for every few hundred sockets, and would
    /// have to be done anew for each receiver of a message (RFC 7692 §7.1: each connection has its own window).
    private static void withoutCompression(ServletContextHandler handler) {
        handler.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle event) {
                WebSocketServerComponents.getWebSocketComponents(handler)
                        .getExtensionRegistry()
                        .unregister("permessage-deflate");
            }
        });
    }

    private void socket(WsConfig ws) {
        ws.onConnect(this::connect);
        ws.onMessage(ctx -> {
            SignalConnection connection = connection(ctx);
            if (connection != null) {
                connection.onText(ctx.message());
            }
        });
        ws.onBinaryMessage(ctx -> ctx.closeSession(1003, "text messages only"));
        ws.onClose(ctx -> {
            counters.closed.increment();
            rounds.closed();
            SignalConnection connection = connection(ctx);
            if (connection != null) {
                connection.disconnected();
            }
        });
    }

    private void connect(WsConnectContext ctx) {
        counters.opened.increment();
        rounds.opened();
        String peerId = ctx.queryParam("peer");
        if (!TokenGate.isPeerId(peerId)) {
            refuse(ctx, 400, "peer is missing or not a UUID");
            return;
        }
        try {
            enter(ctx, peerId);
        } catch (StoreUnavailableException away) {
            refuse(ctx, 503, "the database is not available; try again");
        }
    }

    private void enter(WsConnectContext ctx, String peerId) {
        String jwt = ctx.queryParam("token");
        switch (gate.check(jwt == null ? "" : jwt, peerId)) {
            case TokenGate.Pass.Denied(int code, String message) -> refuse(ctx, code, message);
            case TokenGate.Pass.Granted(AppToken token) -> seat(ctx, token, peerId);
        }
    }

    /// The link arrives only after the first notices were delivered; messages of the client come later still, since
    /// the socket reads nothing before this method returns.
    private void seat(WsConnectContext ctx, AppToken token, String peerId) {
        LateConnection late = new LateConnection();
        CoreSession session = ((WebSocketSession) ctx.session).getCoreSession();
        SignalSocket socket =
                new SignalSocket(session, shared, counters, rounds, settings.maxQueuedBytes(), late::channelText);
        SignalConnection connection = new SignalConnection(json, door(ctx), counters, agent(ctx), socket::send);
        late.set(connection);
        switch (rooms.connect(token, peerId, socket)) {
            case LiveRooms.Connection.Refused(int code, String message) -> refuse(ctx, code, message);
            case LiveRooms.Connection.Connected connected -> {
                connection.connected(connected.link());
                ctx.attribute(CONNECTION, connection);
            }
        }
    }

    private ResultWriter.BoardDoor door(WsConnectContext ctx) {
        String url = settings.publicUrl();
        String address = url == null ? ctx.host() : url.substring(url.indexOf("//") + 2);
        return new ResultWriter.BoardDoor() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public String token(BoardPass pass, BoardRights rights) {
                return boardTokens.issue(pass, rights);
            }
        };
    }

    private static String agent(WsConnectContext ctx) {
        String agent = ctx.queryParam("user_agent_v2");
        return agent == null ? "" : agent;
    }

    /// A protocol error reaches the application as a terminal error; a refused handshake would make clients hammer.
    ///
    /// What may be over in a moment must not be terminal: a socket that is closed without a word makes clients come
    /// back, for a minute, and join or go on as if nothing had been.
    private void refuse(WsContext ctx, int code, String message) {
        counters.refused.increment();
        if (code >= FIRST_OF_THE_SERVERS) {
            ctx.closeSession(TRY_AGAIN_LATER, message);
            return;
        }
        ctx.session.sendText(
                notices.write(new PeerNotice.Failed(code, message)),
                Callback.from(() -> ctx.closeSession(1000, "refused"), failure -> ctx.session.disconnect()));
    }

    private static @Nullable SignalConnection connection(WsContext ctx) {
        return ctx.attribute(CONNECTION);
    }

    /// Socket and connection need each other; this breaks the circle.
    private static final class LateConnection {
        private volatile @Nullable SignalConnection connection;

        void set(SignalConnection value) {
            connection = value;
        }

        void channelText(String text) {
            SignalConnection current = connection;
            if (current != null) {
                current.onChannelText(text);
            }
        }
    }
}
