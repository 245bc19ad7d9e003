package dev.stoa.api.templates;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.ApiJson;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Replies;
import dev.stoa.rooms.input.Secrets;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.template.TemplateDraft;
import dev.stoa.rooms.template.TemplateService;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/// `/v2/templates`.
public final class TemplateRoutes {
    private final TemplateService templates;

    public TemplateRoutes(TemplateService templates) {
        this.templates = templates;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/templates", access.management(this::create));
        routes.get("/v2/templates", access.management(this::list));
        routes.get("/v2/templates/{template}", access.management(this::get));
        routes.post("/v2/templates/{template}", access.management(this::replace));
        routes.get("/v2/templates/{template}/roles/{role}", access.management(this::role));
        routes.post("/v2/templates/{template}/roles/{role}", access.management(this::putRole));
        routes.delete("/v2/templates/{template}/roles/{role}", access.management(this::deleteRole));
        routes.get("/v2/templates/{template}/settings", access.management(this::settings));
        routes.post("/v2/templates/{template}/settings", access.management(this::updateSettings));
        routes.get("/v2/templates/{template}/recordings", access.management(this::recordings));
        routes.post("/v2/templates/{template}/recordings", access.management(this::updateRecordings));
        routes.get("/v2/templates/{template}/destinations", access.management(this::destinations));
        routes.post("/v2/templates/{template}/destinations", access.management(this::updateDestinations));
    }

    private Outcome<?> create(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(TemplateDraft::forCreation)
                .then(draft -> templates.create(workspace.id(), draft))
                .map(template -> TemplateJson.template(workspace, template));
    }

    private Outcome<?> list(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return query.then(() -> Outcome.done(ApiJson.page(
                templates.list(workspace.id(), page), template -> TemplateJson.template(workspace, template))));
    }

    private Outcome<?> get(Context ctx, Workspace workspace) {
        return templates.get(workspace.id(), id(ctx)).map(template -> TemplateJson.template(workspace, template));
    }

    private Outcome<?> replace(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(TemplateDraft::forReplacement)
                .then(draft -> templates.replace(workspace.id(), id(ctx), draft))
                .map(template -> TemplateJson.template(workspace, template));
    }

    private Outcome<?> role(Context ctx, Workspace workspace) {
        return templates.role(workspace.id(), id(ctx), ctx.pathParam("role"));
    }

    private Outcome<?> putRole(Context ctx, Workspace workspace) {
        return Body.object(ctx).then(body -> templates.putRole(workspace.id(), id(ctx), ctx.pathParam("role"), body));
    }

    private Outcome<?> deleteRole(Context ctx, Workspace workspace) {
        return templates
                .deleteRole(workspace.id(), id(ctx), ctx.pathParam("role"))
                .map(template -> new Replies.NoContent());
    }

    private Outcome<?> settings(Context ctx, Workspace workspace) {
        return templates.get(workspace.id(), id(ctx)).map(template -> Secrets.masked(template.settings()));
    }

    private Outcome<?> updateSettings(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> templates.updateSettings(workspace.id(), id(ctx), body))
                .map(template -> Secrets.masked(template.settings()));
    }

    private Outcome<?> recordings(Context ctx, Workspace workspace) {
        return templates.get(workspace.id(), id(ctx)).map(TemplateJson::recordings);
    }

    private Outcome<?> updateRecordings(Context ctx, Workspace workspace) {
        return Body.objectOrList(ctx, "recordings")
                .then(body -> templates.updateRecordings(workspace.id(), id(ctx), body))
                .map(TemplateJson::recordings);
    }

    private Outcome<?> destinations(Context ctx, Workspace workspace) {
        return templates.get(workspace.id(), id(ctx)).map(template -> template.destinations());
    }

    private Outcome<?> updateDestinations(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> templates.updateDestinations(workspace.id(), id(ctx), body))
                .map(template -> template.destinations());
    }

    private static String id(Context ctx) {
        return ctx.pathParam("template");
    }
}
