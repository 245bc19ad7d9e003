package dev.stoa.bench.load.janus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's Janus as a child process, with settings of its own: HTTP alone,
/// and a fixed number of event loops, which costs it less than its default of a thread per connection.
final class JanusServer implements AutoCloseable {
    private static final int PORT = 8088;
    private static final int STOP_S = 5;

    private final String address;
    private final Process process;

    private JanusServer(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    /// @param prefix what to run it in
    /// @param address its only one
    /// @param directory for settings and log
    static JanusServer start(List<String> prefix, String address, Path directory, int eventLoops) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("janus.jcfg"), """
                general: {
                  debug_level = 4
                  event_loops = %d
                  session_timeout = 600
                }
                certificates: {}
                media: {}
                nat: {}
                plugins: { disable = "libjanus_audiobridge.so,libjanus_echotest.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so,libjanus_lua.so,libjanus_duktape.so" }
                transports: { disable = "libjanus_websockets.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so" }
                """.formatted(eventLoops));
        Files.writeString(directory.resolve("janus.transport.http.jcfg"), """
                general: {
                  json = "compact"
                  base_path = "/janus"
                  http = true
                  port = %d
                  https = false
                }
                admin: { admin_http = false }
                """.formatted(PORT));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("janus", "-F", directory.toString(), "-o", "-i", address, "-E", address));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("janus.log").toFile())
                .start();
        return new JanusServer(address, process);
    }

    String base() {
        return "http://" + address + ":" + PORT + "/janus";
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
