package dev.stoa.app.http;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

/// The socket that HTTP and web sockets come in by.
public final class HttpListener {
    /// Connections the kernel may hold ready for the server (bounded by its own `somaxconn`). With the usual 50, some
    /// of a crowd that comes at once is not heard and tries again a second later.
    private static final int BACKLOG = 4096;

    /// Header fields a connection remembers. Each web socket would keep its table of 100 kB for as long as it lives.
    private static final int REMEMBERED_HEADERS = 0;

    private HttpListener() {}

    /// @param port 0 = a free one
    public static void register(JavalinConfig config, String host, int port) {
        config.jetty.addConnector((server, http) -> {
            http.setHeaderCacheSize(REMEMBERED_HEADERS);
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            connector.setAcceptQueueSize(BACKLOG);
            return connector;
        });
    }
}
