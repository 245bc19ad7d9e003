package dev.stoa.api.docs;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// `/v2/openapi.yaml`, and at `/v2/docs` a page to read it and try it out. The page loads nothing from other hosts.
public final class DocsRoutes {
    private static final String VIEWER = "META-INF/resources/webjars/swagger-ui/";
    private static final String VIEWER_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /// The viewer puts its styles into the page; everything it runs and fetches is ours.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final byte[] contract = read(DocsRoutes.class.getResourceAsStream("openapi.yaml"));
    private final byte[] page = read(DocsRoutes.class.getResourceAsStream("docs.html"));
    private final byte[] start = read(DocsRoutes.class.getResourceAsStream("docs.js"));
    private final byte[] viewer = viewer("swagger-ui-bundle.js");
    private final byte[] styles = viewer("swagger-ui.css");

    public void register(RoutesConfig routes) {
        routes.get("/v2/openapi.yaml", ctx -> send(ctx, "application/yaml; charset=utf-8", contract));
        routes.get("/v2/docs", ctx -> {
            ctx.header("Content-Security-Policy", POLICY);
            send(ctx, "text/html; charset=utf-8", page);
        });
        routes.get("/v2/docs/docs.js", ctx -> send(ctx, "text/javascript; charset=utf-8", start));
        routes.get("/v2/docs/viewer.js", ctx -> send(ctx, "text/javascript; charset=utf-8", viewer));
        routes.get("/v2/docs/viewer.css", ctx -> send(ctx, "text/css; charset=utf-8", styles));
    }

    private static void send(Context ctx, String type, byte[] body) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(type).result(body);
    }

    private static byte[] viewer(String file) {
        ClassLoader loader = DocsRoutes.class.getClassLoader();
        Properties built = new Properties();
        try (InputStream in = loader.getResourceAsStream(VIEWER_VERSION)) {
            if (in == null) {
                throw new IllegalStateException("the viewer of the API's contract is not on the class path");
            }
            built.load(in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return read(loader.getResourceAsStream(VIEWER + built.getProperty("version") + "/" + file));
    }

    private static byte[] read(@Nullable InputStream resource) {
        if (resource == null) {
            throw new IllegalStateException("a file of the API's documentation is not on the class path");
        }
        try (InputStream in = resource) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
