package dev.stoa.app.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The prebuilt web app, served from the jar: its pages are one HTML file, its files carry a hash in their names.
public final class WebApp {
    private static final String DIRECTORY = "/web/meet";
    private static final List<String> PAGES = List.of("/", "/preview/{code}", "/meeting/{code}", "/streaming/{code}");

    private final @Nullable String page;

    private WebApp(@Nullable String page) {
        this.page = page;
    }

    /// Reads the page once; a server built without the web app says so instead of serving nothing.
    public static WebApp load() throws IOException {
        try (InputStream in = WebApp.class.getResourceAsStream(DIRECTORY + "/index.html")) {
            return new WebApp(in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public void register(JavalinConfig config) {
        if (page != null) {
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = DIRECTORY + "/assets";
                files.location = Location.CLASSPATH;
                files.headers = java.util.Map.of("Cache-Control", "public, max-age=31536000, immutable");
            });
        }
        for (String path : PAGES) {
            config.routes.get(path, this::page);
        }
    }

    private void page(Context ctx) {
        if (page == null) {
            ctx.status(503).result("The web app was not built into this server. Run: make build");
            return;
        }
        ctx.header("Cache-Control", "no-cache");
        ctx.html(page);
    }
}
