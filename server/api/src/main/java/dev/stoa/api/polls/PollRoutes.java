package dev.stoa.api.polls;

import dev.stoa.api.http.Access;
import dev.stoa.api.http.Body;
import dev.stoa.api.http.Query;
import dev.stoa.api.http.Replies;
import dev.stoa.rooms.outcome.Outcome;
import dev.stoa.rooms.poll.PollRepository;
import dev.stoa.rooms.poll.PollService;
import dev.stoa.rooms.poll.StoredResponse;
import dev.stoa.rooms.room.Page;
import dev.stoa.rooms.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// `/v2/polls`.
public final class PollRoutes {
    private final PollService service;
    private final PollRepository polls;

    public PollRoutes(PollService service, PollRepository polls) {
        this.service = service;
        this.polls = polls;
    }

    public void register(RoutesConfig routes, Access access) {
        routes.post("/v2/polls", access.management(this::create));
        routes.get("/v2/polls/{poll}", access.management(this::get));
        routes.post("/v2/polls/{poll}", access.management(this::replace));
        routes.post("/v2/polls/{poll}/questions/{question}", access.management(this::putQuestion));
        routes.delete("/v2/polls/{poll}/questions/{question}", access.management(this::removeQuestion));
        routes.post("/v2/polls/{poll}/questions/{question}/options/{option}", access.management(this::putOption));
        routes.delete("/v2/polls/{poll}/questions/{question}/options/{option}", access.management(this::removeOption));
        routes.get("/v2/polls/{poll}/sessions", access.management(this::runs));
        routes.get("/v2/polls/{poll}/responses", access.management(this::responses));
        routes.get("/v2/polls/{poll}/responses/{response}", access.management(this::response));
        routes.get("/v2/polls/{poll}/results", access.management(this::results));
        routes.get("/v2/polls/{poll}/results/{response}", access.management(this::result));
    }

    private static String poll(Context ctx) {
        return ctx.pathParam("poll");
    }

    /// 0 when it is no number, which no question or option has.
    private static int index(Context ctx, String name) {
        String text = ctx.pathParam(name);
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    private Outcome<?> create(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> service.create(workspace.id(), body))
                .map(PollViews::poll);
    }

    private Outcome<?> get(Context ctx, Workspace workspace) {
        return service.get(workspace.id(), poll(ctx)).map(PollViews::poll);
    }

    private Outcome<?> replace(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> service.replace(workspace.id(), poll(ctx), body))
                .map(PollViews::poll);
    }

    private Outcome<?> putQuestion(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> service.putQuestion(workspace.id(), poll(ctx), index(ctx, "question"), body))
                .map(PollViews::question);
    }

    private Outcome<?> removeQuestion(Context ctx, Workspace workspace) {
        return service.removeQuestion(workspace.id(), poll(ctx), index(ctx, "question"))
                .map(poll -> new Replies.NoContent());
    }

    private Outcome<?> putOption(Context ctx, Workspace workspace) {
        return Body.object(ctx)
                .then(body -> service.putOption(
                        workspace.id(), poll(ctx), index(ctx, "question"), index(ctx, "option"), body))
                .map(PollViews::option);
    }

    private Outcome<?> removeOption(Context ctx, Workspace workspace) {
        return service.removeOption(workspace.id(), poll(ctx), index(ctx, "question"), index(ctx, "option"))
                .map(poll -> new Replies.NoContent());
    }

    private Outcome<?> runs(Context ctx, Workspace workspace) {
        Query query = new Query(ctx);
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return service.get(workspace.id(), poll(ctx))
                .then(poll -> query.then(() ->
                        Outcome.done(page("responses", polls.runs(workspace.id(), poll.id(), page), PollViews::run))));
    }

    private Outcome<?> responses(Context ctx, Workspace workspace) {
        Boolean all = new Query(ctx).flag("all");
        return answers(ctx, workspace, "responses", Boolean.TRUE.equals(all), PollViews::response);
    }

    private Outcome<?> results(Context ctx, Workspace workspace) {
        return answers(ctx, workspace, "results", false, PollViews::result);
    }

    private Outcome<?> answers(
            Context ctx,
            Workspace workspace,
            String name,
            boolean all,
            Function<StoredResponse, Map<String, Object>> view) {
        Query query = new Query(ctx);
        query.flag("all");
        Integer question = query.integer("question");
        Page.Request page = query.page(Page.Request.MIN_LIMIT);
        return service.get(workspace.id(), poll(ctx))
                .then(poll -> query.then(() -> Outcome.done(
                        page(name, polls.responses(workspace.id(), poll.id(), question, all, page), view))));
    }

    private Outcome<?> response(Context ctx, Workspace workspace) {
        return answer(ctx, workspace).map(PollViews::response);
    }

    private Outcome<?> result(Context ctx, Workspace workspace) {
        return answer(ctx, workspace).map(PollViews::result);
    }

    private Outcome<StoredResponse> answer(Context ctx, Workspace workspace) {
        return polls.response(workspace.id(), poll(ctx), ctx.pathParam("response"))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.notFound("response not found"));
    }

    /// As every page, but with another name for its elements.
    private static <T> Map<String, Object> page(String name, Page<T> page, Function<T, Map<String, Object>> element) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("limit", page.limit());
        json.put("last", page.last());
        json.put(name, page.data().stream().map(element).toList());
        return json;
    }
}
