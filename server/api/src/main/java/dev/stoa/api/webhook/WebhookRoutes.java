package dev.stoa.api.webhook;

import dev.stoa.api.ApiRoutes;
import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.rooms.ids.TimeSource;
import dev.stoa.rooms.input.Fields;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.webhook.Delivery;
import dev.stoa.rooms.webhook.Replay;
import dev.stoa.rooms.webhook.WebhookRepository;
import dev.stoa.rooms.webhook.WebhookSettings;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// `/v2/webhooks` (ours), `/v2/analytics/webhooks` and its replays.
public final class WebhookRoutes implements ApiRoutes.Part {
    private static final int MAX_URL = 2048;
    private static final int MAX_HEADERS = 32;
    private static final int MAX_HEADER_VALUE = 4096;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]*");

    /// HTTP itself sets these, and the signature is ours.
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "x-webhook-signature");

    private final WebhookRepository webhooks;
    private final WebhookTargets targets;
    private final WebhookReplays replays;
    private final TimeSource time;

    public WebhookRoutes(WebhookRepository webhooks, WebhookTargets targets, WebhookReplays replays, TimeSource time) {
        this.webhooks = webhooks;
        this.targets = targets;
        this.replays = replays;
        this.time = time;
    }

    @Override
    public void register(RoutesConfig routes, Access access) {
        routes.get("/v2/webhooks", access.management((ctx, workspace) -> Outcome.done(settings(workspace))));
        routes.post("/v2/webhooks", access.management(this::configure));
        routes.get("/v2/analytics/webhooks", access.management(this::history));
        Handler replay = access.management(this::replay);
        routes.post("/v2/analytics/webhooks/replay", replay);
        routes.post("/v2/analytics/events/webhooks/replay", replay);
        Handler progress = access.management(this::progress);
        routes.get("/v2/analytics/webhooks/replay/{workflow}", progress);
        routes.get("/v2/analytics/events/webhooks/replay/{workflow}", progress);
    }

    private Map<String, Object> settings(Workspace workspace) {
        return json(targets.settings(workspace.id()));
    }

    private static Map<String, Object> json(WebhookSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", settings.url() == null ? "" : settings.url());
        json.put("headers", settings.headers());
        json.put("signing_key", settings.signingKey());
        return json;
    }

    /// Given keys replace, others stay; an empty URL switches webhooks off; `rotate_signing_key` makes a new key.
    private Outcome<?> configure(Context ctx, Workspace workspace) {
        return Body.object(ctx).then(body -> {
            Fields fields = Fields.of(body);
            WebhookSettings old = targets.settings(workspace.id());
            String url = fields.given("url") ? fields.text("url", MAX_URL) : old.url();
            Map<String, String> headers = fields.given("headers") ? headers(fields) : old.headers();
            boolean rotate = fields.flag("rotate_signing_key", false);
            if (url != null && !url.isEmpty()) {
                AddressPolicy.problem(url).ifPresent(what -> fields.problem("url", what));
            }
            if (!fields.problems().isEmpty()) {
                return Outcome.invalid(fields.problems());
            }
            WebhookSettings changed = new WebhookSettings(
                    workspace.id(),
                    url == null || url.isEmpty() ? null : url,
                    headers,
                    rotate ? targets.newKey() : old.signingKey());
            webhooks.save(changed);
            return Outcome.done(json(changed));
        });
    }

    private static Map<String, String> headers(Fields fields) {
        Map<String, Object> given = fields.map("headers");
        Map<String, String> headers = new LinkedHashMap<>();
        if (given == null) {
            return headers;
        }
        if (given.size() > MAX_HEADERS) {
            fields.problem("headers", "must be at most " + MAX_HEADERS);
        }
        given.forEach((name, value) -> {
            boolean usable =
                    HEADER_NAME.matcher(name).matches() && !RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT));
            if (!usable) {
                fields.problem("headers", "must not have names that HTTP forbids or reserves");
            } else if (!(value instanceof String text)
                    || text.length() > MAX_HEADER_VALUE
                    || !HEADER_VALUE.matcher(text).matches()) {
                fields.problem("headers", "must have printable ASCII texts as values");
            } else {
                headers.put(name, text);
            }
        });
        return headers;
    }

    private Outcome<?> history(Context ctx, Workspace workspace) {
        HistoryQuery query = HistoryQuery.ofHistory(ctx, time.now());
        return query.then(workspace.id(), filter -> {
            int limit = query.limit();
            int page = query.page();
            int total = webhooks.count(filter);
            List<Delivery> found = webhooks.history(filter, limit, (page - 1) * limit);
            int pages = (total + limit - 1) / limit;
            Map<String, Object> pagination = new LinkedHashMap<>();
            pagination.put("current_page", page);
            pagination.put("page_size", limit);
            pagination.put("total_pages", pages);
            pagination.put("total_items", total);
            pagination.put("has_next", page < pages);
            pagination.put("has_prev", page > 1);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("events", found.stream().map(HistoryJson::delivery).toList());
            json.put("pagination", pagination);
            json.put("summary", Map.of("total_events", total));
            return Outcome.done(json);
        });
    }

    private Outcome<?> replay(Context ctx, Workspace workspace) {
        return Body.object(ctx).then(body -> {
            HistoryQuery query = HistoryQuery.ofReplay(ctx, body, time.now());
            return query.then(workspace.id(), filter -> {
                WebhookReplays.Started started = replays.start(filter, query.limit(), query.offset());
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("workflow_id", started.replay().id());
                json.put("status", started.alreadyRunning() ? "already_running" : "started");
                json.put(
                        "message",
                        started.alreadyRunning()
                                ? "a replay with these filters is running"
                                : started.replay().total() + " events are sent again");
                json.put("filters", HistoryJson.filters(started.replay(), false));
                return Outcome.done(json);
            });
        });
    }

    private Outcome<?> progress(Context ctx, Workspace workspace) {
        return webhooks.replay(workspace.id(), ctx.pathParam("workflow"))
                .<Outcome<?>>map(replay -> Outcome.done(progress(replay)))
                .orElseGet(() -> Outcome.notFound("workflow not found"));
    }

    private static Map<String, Object> progress(Replay replay) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("total", replay.total());
        counts.put("completed", replay.completed());
        counts.put("failed", replay.failed().size());
        Map<String, Object> json = HistoryJson.replay(replay);
        json.put("progress", counts);
        if (replay.completedAt() != null) {
            Map<String, Object> result = new LinkedHashMap<>(counts);
            result.put("failed_events", new ArrayList<>(replay.failed()));
            json.put("result", result);
        }
        return json;
    }
}
