package dev.stoa.app;

import dev.stoa.api.ApiRoutes;
import dev.stoa.api.ApiSettings;
import dev.stoa.api.client.ConnectivityTests;
import dev.stoa.api.client.DiagnosticsRoute;
import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.api.token.JwtTokens;
import dev.stoa.app.http.Health;
import dev.stoa.app.http.HttpListener;
import dev.stoa.app.http.WebApp;
import dev.stoa.app.settings.Settings;
import dev.stoa.conference.ConferenceRooms;
import dev.stoa.conference.ConferenceSettings;
import dev.stoa.conference.SfuEvents;
import dev.stoa.media.io.MediaServer;
import dev.stoa.rooms.live.LiveSettings;
import dev.stoa.rooms.template.DiagnosticRooms;
import dev.stoa.signal.SignalRoutes;
import dev.stoa.signal.SignalSettings;
import dev.stoa.store.Store;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinLogger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The whole server, wired by hand. Starting returns when calls are accepted.
public final class StoaServer implements AutoCloseable {
    private final Domain domain;
    private final Webhooks webhooks;
    private final MediaServer media;
    private final ConferenceRooms rooms;
    private final Javalin http;
    private final Retention retention;

    private StoaServer(
            Domain domain,
            Webhooks webhooks,
            MediaServer media,
            ConferenceRooms rooms,
            Javalin http,
            Retention retention) {
        this.domain = domain;
        this.webhooks = webhooks;
        this.media = media;
        this.rooms = rooms;
        this.http = http;
        this.retention = retention;
    }

    /// @throws IOException a port is taken or the data directory cannot be used
    public static StoaServer start(Settings settings) throws IOException {
        HttpListener.check(settings.host(), settings.port());
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            Domain domain = Domain.open(settings);
            opened.add(domain);
            Webhooks webhooks = Webhooks.start(settings, domain);
            opened.add(webhooks);
            SfuEvents events = new SfuEvents();
            MediaSetup.Running running = MediaSetup.start(settings, events);
            opened.add(running.media());
            ConferenceRooms rooms = conference(settings, domain, webhooks, running.media(), events);
            opened.add(rooms);
            Javalin http = http(settings, domain, webhooks, running, rooms);
            listen(http);
            Retention retention = Retention.start(domain.time(), kept(settings, domain.store()));
            return new StoaServer(domain, webhooks, running.media(), rooms, http, retention);
        } catch (IOException | RuntimeException failed) {
            closeAll(opened, failed);
            throw failed;
        }
    }

    private static List<Retention.Kept> kept(Settings settings, Store store) {
        return List.of(
                new Retention.Kept("events of sessions", settings.kept().history(), store.history()::deleteBefore),
                new Retention.Kept("webhooks", settings.kept().webhooks(), store.webhooks()::forget),
                new Retention.Kept("replays of webhooks", settings.kept().webhooks(), store.webhooks()::forgetReplays),
                new Retention.Kept("entries of the audit log", settings.kept().audit(), store.audit()::deleteBefore),
                new Retention.Kept("sign-ins", Duration.ZERO, store.users()::deleteSignInsBefore),
                new Retention.Kept(
                        "pieces of statistics", settings.rooms().statisticsKept(), store.statistics()::deleteBefore));
    }

    private static ConferenceRooms conference(
            Settings settings, Domain domain, Webhooks webhooks, MediaServer media, SfuEvents events) {
        LiveSettings live = new LiveSettings(
                settings.gracePeriod().toMillis(),
                LiveSettings.DEFAULT_MAX_PEERS,
                domain.ids().objectId(),
                settings.rooms().sessionLimit().toMillis(),
                settings.rooms().messagesPerSecond(),
                settings.rooms().statisticsInterval().toMillis());
        ConferenceRooms rooms = new ConferenceRooms(
                ConferenceSettings.of(live),
                new ConferenceRooms.Storage(
                        domain.store().rooms(),
                        domain.store().templates(),
                        domain.store().sessions(),
                        webhooks.journal(),
                        domain.store().polls()),
                media,
                events);
        rooms.closeStaleSessions();
        return rooms;
    }

    private static Javalin http(
            Settings settings, Domain domain, Webhooks webhooks, MediaSetup.Running running, ConferenceRooms rooms)
            throws IOException {
        JwtTokens tokens = new JwtTokens(domain.store().workspaces(), domain.ids(), domain.time());
        SignalRoutes signal = new SignalRoutes(signalSettings(settings), tokens, rooms, rooms);
        WebApp web = WebApp.load();
        return Javalin.create(config -> {
            basics(config);
            HttpListener.register(config, settings.host(), settings.port());
            signal.register(config);
            new ApiRoutes(
                            apiPorts(domain, rooms, tokens),
                            apiSettings(settings),
                            webhooks.routes(),
                            diagnostics(settings, domain, tokens))
                    .register(config);
            Health.register(config);
            ServerMetrics.of(running, rooms, signal.counters(), domain.store(), webhooks.counters())
                    .register(config);
            web.register(config);
        });
    }

    private static DiagnosticsRoute diagnostics(Settings settings, Domain domain, JwtTokens tokens) {
        Store store = domain.store();
        DiagnosticRooms rooms = new DiagnosticRooms(
                store.templates(), store.rooms(), domain.workspace().id(), domain.time());
        ConnectivityTests tests = new ConnectivityTests(rooms, store.workspaces(), tokens, domain.ids(), domain.time());
        return new DiagnosticsRoute(
                Optional.of(tests).filter(on -> settings.publicApi().diagnostics()));
    }

    private static ApiSettings apiSettings(Settings settings) {
        return new ApiSettings(
                settings.requestsPerSecond(),
                settings.requestBurst(),
                settings.publicApi().requestsPerSecond(),
                settings.publicApi().burst(),
                settings.publicApi().trustedProxies());
    }

    /// Javalin logs a failed start; the caller says the same in one line, and must be the only one to do so.
    private static void listen(Javalin http) {
        JavalinLogger.enabled = false;
        try {
            http.start();
        } finally {
            JavalinLogger.enabled = true;
        }
    }

    private static void basics(JavalinConfig config) {
        config.concurrency.useVirtualThreads = true;
        config.startup.showJavalinBanner = false;
    }

    private static ApiRoutes.Ports apiPorts(Domain domain, ConferenceRooms rooms, JwtTokens tokens) {
        Store store = domain.store();
        return new ApiRoutes.Ports(
                store.workspaces(),
                store.accessKeys(),
                store.templates(),
                store.rooms(),
                store.roomCodes(),
                store.sessions(),
                store.history(),
                store.statistics(),
                store.polls(),
                store.audit(),
                store.users(),
                new Argon2Passwords(),
                rooms,
                tokens,
                domain.ids(),
                domain.time());
    }

    private static SignalSettings signalSettings(Settings settings) {
        SignalSettings base = SignalSettings.defaults();
        List<SignalSettings.IceServer> iceServers = settings.iceServers().isEmpty()
                ? List.of()
                : List.of(new SignalSettings.IceServer(settings.iceServers(), null, null));
        return new SignalSettings(
                settings.publicUrl(),
                iceServers,
                base.flags(),
                base.idleTimeout(),
                base.maxMessageBytes(),
                base.maxQueuedBytes(),
                settings.rooms().messageRound());
    }

    public int port() {
        return http.port();
    }

    public int mediaPort() {
        return media.port();
    }

    public Domain domain() {
        return domain;
    }

    public MediaServer media() {
        return media;
    }

    /// Tells peers, flushes what is to be written, frees the ports.
    @Override
    public void close() {
        rooms.close();
        http.stop();
        media.close();
        webhooks.close();
        retention.close();
        domain.close();
    }

    private static void closeAll(List<AutoCloseable> opened, Exception failed) {
        for (AutoCloseable part : opened.reversed()) {
            try {
                part.close();
            } catch (Exception also) {
                failed.addSuppressed(also);
            }
        }
    }
}
