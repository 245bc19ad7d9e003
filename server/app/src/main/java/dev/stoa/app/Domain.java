package dev.stoa.app;

import dev.stoa.api.dashboard.Argon2Passwords;
import dev.stoa.app.settings.Settings;
import dev.stoa.app.settings.StoreSettings;
import dev.stoa.rooms.audit.Actor;
import dev.stoa.rooms.audit.AuditEntry;
import dev.stoa.rooms.ids.IdSource;
import dev.stoa.rooms.ids.RandomIds;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.room.RoomCodeService;
import dev.stoa.rooms.room.RoomService;
import dev.stoa.rooms.template.StockTemplates;
import dev.stoa.rooms.template.TemplateService;
import dev.stoa.rooms.users.UserService;
import dev.stoa.rooms.workspace.AccessKeyService;
import dev.stoa.rooms.workspace.Workspace;
import dev.stoa.rooms.workspace.WorkspaceBootstrap;
import dev.stoa.store.PostgresSettings;
import dev.stoa.store.PostgresStore;
import dev.stoa.store.SqliteStore;
import dev.stoa.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The opened database and the services on it: what server and command line share.
public final class Domain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Domain.class);

    private final Store store;
    private final Workspace workspace;
    private final TimeSource time = Instant::now;
    private final IdSource ids = new RandomIds(new SecureRandom(), time);
    private final StockTemplates stock;

    private Domain(Store store, Settings settings) {
        this.store = store;
        this.workspace =
                new WorkspaceBootstrap(store.workspaces(), ids).ensure(settings.accessKey(), settings.appSecret());
        warnOfIgnoredKey(settings, workspace);
        this.stock = new StockTemplates(store.templates(), store.rooms(), store.roomCodes(), ids, time);
        stock.install(workspace.id());
    }

    private static void warnOfIgnoredKey(Settings settings, Workspace workspace) {
        String given = settings.accessKey();
        if (given != null && !given.equals(workspace.accessKey())) {
            LOG.warn("the access key of the settings was revoked and is not used; the pair in use is in keys.conf");
        }
    }

    /// Opens the data directory, makes what a first start makes, and writes the key pair beside it.
    public static Domain open(Settings settings) throws IOException {
        Store store = open(settings.data(), settings.store());
        try {
            Domain domain = new Domain(store, settings);
            Keys.write(
                    settings.data(),
                    domain.workspace,
                    settings.store().secrets().seals());
            return domain;
        } catch (IOException | RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private static Store open(Path data, StoreSettings settings) throws IOException {
        String url = settings.url();
        if (url == null) {
            return SqliteStore.open(data, settings.secrets());
        }
        Files.createDirectories(data);
        return PostgresStore.open(postgres(url, settings), settings.secrets());
    }

    /// How to reach the PostgreSQL database that the settings name.
    public static PostgresSettings postgres(String url, StoreSettings settings) {
        return new PostgresSettings(
                url, settings.user(), settings.password(), settings.connections(), PostgresSettings.DEFAULT_PATIENCE);
    }

    public Store store() {
        return store;
    }

    public Workspace workspace() {
        return workspace;
    }

    public IdSource ids() {
        return ids;
    }

    public TimeSource time() {
        return time;
    }

    public List<StockTemplates.DemoRoom> demoRooms() {
        return stock.demoRooms(workspace.id());
    }

    public RoomService rooms() {
        return new RoomService(store.rooms(), store.templates(), ids, time);
    }

    public RoomCodeService roomCodes() {
        return new RoomCodeService(store.roomCodes(), store.rooms(), store.templates(), ids, time);
    }

    public AccessKeyService accessKeys() {
        return new AccessKeyService(store.accessKeys(), ids, time);
    }

    public UserService users() {
        return new UserService(store.users(), new Argon2Passwords(), ids, time);
    }

    /// Writes into the audit log what an operator did by the command line.
    ///
    /// @param words of the command
    /// @param object what it was done to or what it made
    public void audited(String words, String object, boolean done) {
        store.audit()
                .add(new AuditEntry(
                        ids.objectId(),
                        workspace.id(),
                        time.now().truncatedTo(ChronoUnit.MILLIS),
                        Actor.command("stoa"),
                        "RUN",
                        words,
                        object,
                        done ? 200 : 400));
    }

    public TemplateService templates() {
        return new TemplateService(store.templates(), ids, time);
    }

    @Override
    public void close() {
        store.close();
    }
}
