package dev.stoa.api;

import dev.stoa.api.active.ActiveRoomRoutes;
import dev.stoa.api.analytics.EventRoutes;
import dev.stoa.api.analytics.PeerStatsRoutes;
import dev.stoa.api.audit.AuditRoutes;
import dev.stoa.api.client.LayoutRoute;
import dev.stoa.api.client.ReportRoutes;
import dev.stoa.api.client.TokenRoute;
import dev.stoa.api.dashboard.SignInRoutes;
import dev.stoa.api.dashboard.UserRoutes;
import dev.stoa.api.docs.DocsRoutes;
import dev.stoa.api.http.Access;
import dev.stoa.api.http.AuditTrail;
import dev.stoa.api.http.ClientAddress;
import dev.stoa.api.http.PublicLimits;
import dev.stoa.api.http.RequestLimits;
import dev.stoa.api.http.SharedRules;
import dev.stoa.api.keys.AccessKeyRoutes;
import dev.stoa.api.notyet.NotYetRoutes;
import dev.stoa.api.polls.PollRoutes;
import dev.stoa.api.rooms.RoomCodeRoutes;
import dev.stoa.api.rooms.RoomRoutes;
import dev.stoa.api.sessions.SessionRoutes;
import dev.stoa.api.templates.TemplateRoutes;
import dev.stoa.api.token.JwtTokens;
import dev.stoa.rooms.audit.AuditRepository;
import dev.stoa.rooms.history.HistoryRepository;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.live.LiveRoomsControl;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollService;
import dev.stoa.rooms.room.RoomCodeRepository;
import dev.stoa.rooms.room.RoomCodeService;
import dev.stoa.rooms.room.RoomRepository;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.session.SessionRepository;
import dev.stoa.rooms.statistics.StatisticsRepository;
import dev.stoa.rooms.template.TemplateRepository;
import dev.stoa.rooms.template.TemplateService;
import dev.stoa.rooms.users.PasswordHashes;
import dev.stoa.rooms.users.SignInService;
import dev.stoa.rooms.users.UserRepository;
import dev.stoa.rooms.users.UserService;
import dev.stoa.rooms.workspace.AccessKeyRepository;
import dev.stoa.rooms.workspace.AccessKeyService;
import dev.stoa.rooms.workspace.WorkspaceRepository;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import java.util.List;

/// Puts the REST API on an HTTP server, and the rules that hold for all its paths: JSON for every error,
/// cross-origin headers on `/v2` and `/init`, trailing slashes ignored.
public final class ApiRoutes {
    private final Ports ports;
    private final ApiSettings settings;
    private final List<Part> parts;

    public ApiRoutes(Ports ports, ApiSettings settings, Part... parts) {
        this.ports = ports;
        this.settings = settings;
        this.parts = List.of(parts);
    }

    /// Endpoints that come with services of their own.
    @FunctionalInterface
    public interface Part {
        void register(RoutesConfig routes, Access access);
    }

    /// What the API needs.
    public record Ports(
            WorkspaceRepository workspaces,
            AccessKeyRepository accessKeys,
            TemplateRepository templates,
            RoomRepository rooms,
            RoomCodeRepository roomCodes,
            SessionRepository sessions,
            HistoryRepository history,
            StatisticsRepository statistics,
            PollRepository polls,
            AuditRepository audit,
            UserRepository users,
            PasswordHashes passwords,
            LiveRoomsControl live,
            JwtTokens tokens,
            IdSource ids,
            TimeSource time) {}

    public void register(JavalinConfig config) {
        SharedRules.register(config);
        AuditTrail audit = new AuditTrail(ports.audit(), ports.ids(), ports.time());
        ClientAddress addresses = new ClientAddress(settings.trustedProxies());
        SignInService signIns = new SignInService(ports.users(), ports.passwords(), ports.ids(), ports.time());
        UserService users = new UserService(ports.users(), ports.passwords(), ports.ids(), ports.time());
        Access access = new Access(
                ports.tokens(),
                signIns,
                ports.workspaces(),
                new RequestLimits(settings.requestsPerSecond(), settings.requestBurst()),
                audit);
        new PublicLimits(new RequestLimits(settings.publicPerSecond(), settings.publicBurst()), addresses)
                .register(config.routes);
        RoomService rooms = new RoomService(ports.rooms(), ports.templates(), ports.live(), ports.ids(), ports.time());
        RoomCodeService codes =
                new RoomCodeService(ports.roomCodes(), ports.rooms(), ports.templates(), ports.ids(), ports.time());
        TemplateService templates = new TemplateService(ports.templates(), ports.live(), ports.ids(), ports.time());

        PollService polls = new PollService(ports.polls(), ports.ids(), ports.time());

        new RoomRoutes(rooms, polls, ports.templates()).register(config.routes, access);
        new RoomCodeRoutes(codes).register(config.routes, access);
        new TemplateRoutes(templates).register(config.routes, access);
        new ActiveRoomRoutes(rooms, ports.live()).register(config.routes, access);
        new PollRoutes(polls, ports.polls()).register(config.routes, access);
        new SessionRoutes(ports.sessions()).register(config.routes, access);
        new AccessKeyRoutes(new AccessKeyService(ports.accessKeys(), ports.ids(), ports.time()))
                .register(config.routes, access);
        new SignInRoutes(signIns, users, addresses, audit).register(config.routes, access);
        new UserRoutes(users).register(config.routes, access);
        new AuditRoutes(ports.audit()).register(config.routes, access);
        new TokenRoute(codes, ports.workspaces(), ports.tokens(), ports.ids()).register(config.routes);
        new LayoutRoute(ports.rooms(), ports.templates(), ports.workspaces()).register(config.routes, access);
        new EventRoutes(ports.history(), ports.sessions(), ports.time()).register(config.routes, access);
        new PeerStatsRoutes(ports.sessions(), ports.statistics(), ports.live()).register(config.routes, access);
        new ReportRoutes(
                        ports.rooms(), ports.sessions(), ports.history(), ports.statistics(), ports.ids(), ports.time())
                .register(config.routes, access);
        new NotYetRoutes().register(config.routes, access);
        new DocsRoutes().register(config.routes);
        parts.forEach(part -> part.register(config.routes, access));
    }
}
