package dev.stoa.app;

import dev.stoa.api.webhook.AddressPolicy;
import dev.stoa.api.webhook.WebhookCounters;
import dev.stoa.api.webhook.WebhookDispatcher;
import dev.stoa.api.webhook.WebhookReplays;
import dev.stoa.api.webhook.WebhookRoutes;
import dev.stoa.api.webhook.WebhookTargets;
import dev.stoa.app.settings.Settings;
import dev.stoa.rooms.session.RoomJournal;
import dev.stoa.store.Store;

/// Everything that sends webhooks.
final class Webhooks implements AutoCloseable {
    private final WebhookDispatcher dispatcher;
    private final WebhookReplays replays;
    private final WebhookRoutes routes;
    private final RoomJournal journal;

    private Webhooks(WebhookDispatcher dispatcher, WebhookReplays replays, WebhookRoutes routes, RoomJournal journal) {
        this.dispatcher = dispatcher;
        this.replays = replays;
        this.routes = routes;
        this.journal = journal;
    }

    static Webhooks start(Settings settings, Domain domain) {
        Store store = domain.store();
        WebhookTargets targets = new WebhookTargets(store.webhooks(), store.rooms(), domain.ids());
        WebhookDispatcher dispatcher = new WebhookDispatcher(
                store.webhooks(),
                store.workspaces(),
                targets,
                new AddressPolicy(settings.webhookNetworks()),
                domain.time());
        WebhookReplays replays = new WebhookReplays(store.webhooks(), dispatcher, domain.ids(), domain.time());
        replays.closeStale();
        WebhookRoutes routes = new WebhookRoutes(store.webhooks(), targets, replays, domain.time());
        RoomJournal journal = store.journal();
        return new Webhooks(dispatcher, replays, routes, entries -> {
            journal.write(entries);
            dispatcher.wake();
        });
    }

    WebhookRoutes routes() {
        return routes;
    }

    WebhookCounters counters() {
        return dispatcher.counters();
    }

    /// Writes what happens in rooms and sends what is to be told of it.
    RoomJournal journal() {
        return journal;
    }

    @Override
    public void close() {
        replays.close();
        dispatcher.close();
    }
}
