package dev.stoa.app.http;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

    /// Fails at once when the port is taken: a server warms up for a while before it listens.
    ///
    /// @param port 0 = a free one
    /// @throws java.net.BindException it is taken or not permitted
    public static void check(String host, int port) throws IOException {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // As the listener itself has it: connections of a server that has just ended do not hold the port.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        }
    }

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
