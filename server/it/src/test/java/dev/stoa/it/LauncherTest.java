package dev.stoa.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The contract of `./stoa` that other people's scripts rely on.
@Timeout(120)
class LauncherTest {
    @TempDir
    Path data;

    private StoaProcess run(String... args) {
        return StoaProcess.launcher(Map.of("STOA_DATA", data.toString()), args);
    }

    /// The only line a command prints.
    private String line(String... args) {
        try (StoaProcess process = run(args)) {
            assertThat(process.status()).as(process.err.toString()).isZero();
            assertThat(process.out).hasSize(1);
            return process.out.getFirst();
        }
    }

    @Test
    void serveIsReadyAnswersAndEndsCleanly() throws Exception {
        try (StoaProcess server = run("serve", "--host", "127.0.0.1", "--port", "0", "--media-port", "0")) {
            String ready = server.ready();
            assertThat(ready).matches("http://localhost:[0-9]+");
            String base = "http://127.0.0.1:" + URI.create(ready).getPort();

            assertThat(Http.get(base + "/healthz", null).status()).isEqualTo(200);
            Http.Answer metrics = Http.get(base + "/metrics", null);
            assertThat(metrics.raw().headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/plain");
            assertThat(metrics.raw().body()).contains("# TYPE stoa_rooms gauge", "stoa_build_info{");
            assertThat(server.out).anyMatch(text -> text.contains("/preview/"));
            assertThat(Files.readString(data.resolve("keys.conf"))).contains("app-secret");

            toolsWorkBesideTheServer(base);

            server.terminate();
            assertThat(server.status()).isZero();
            assertThat(server.out.stream().filter(text -> text.startsWith("ready ")))
                    .hasSize(1);
        }
    }

    private void toolsWorkBesideTheServer(String base) {
        String management = line("token", "management");
        assertThat(Http.get(base + "/v2/rooms", management).status()).isEqualTo(200);

        List<String> created;
        try (StoaProcess room = run("room", "create", "--name", "by-hand", "--template", "video-conferencing")) {
            assertThat(room.status()).isZero();
            created = new ArrayList<>(room.out);
        }
        String id = created.getFirst().split(" ")[0];
        String code = created.stream()
                .filter(text -> text.strip().startsWith("host"))
                .map(text -> text.strip().split(" +")[1])
                .findFirst()
                .orElseThrow();
        assertThat(Http.send("POST", base + "/v2/token", "{\"code\":\"" + code + "\"}", null)
                        .status())
                .isEqualTo(200);

        String app = line("token", "app", "--room", id, "--role", "host");
        assertThat(Http.get(base + "/init?peer_id=6f0a4b5e-8c1d-4a2b-9e3f-0123456789ab", app)
                        .status())
                .isEqualTo(200);
    }

    record Bad(Map<String, String> environment, List<String> args, String reason) {
        @Override
        public String toString() {
            return reason + " " + args;
        }
    }

    static Stream<Bad> badSettings() {
        return Stream.of(
                new Bad(Map.of(), List.of("--port", "70000"), "port"),
                new Bad(Map.of(), List.of("--grace-period", "for ever"), "grace-period"),
                new Bad(Map.of(), List.of("--public-address", "example.org"), "public-address"),
                new Bad(Map.of(), List.of("--access-key", "12345678"), "app-secret"),
                new Bad(Map.of(), List.of("--no-such-flag"), "--no-such-flag"),
                new Bad(Map.of("STOA_LOG_LEVEL", "loud"), List.of(), "log-level"),
                new Bad(Map.of(), List.of("--config", "no-such-file.conf"), "no-such-file.conf"));
    }

    @ParameterizedTest
    @MethodSource("badSettings")
    void badSettingsAreOneLineAndStatus2(Bad bad) {
        List<String> args = new ArrayList<>(List.of("serve", "--data", data.toString()));
        args.addAll(bad.args());
        try (StoaProcess process = StoaProcess.launcher(bad.environment(), args.toArray(String[]::new))) {
            assertThat(process.status()).isEqualTo(2);
            assertThat(process.err).hasSize(1);
            assertThat(process.err.getFirst()).startsWith("stoa: ").contains(bad.reason());
            assertThat(process.out).isEmpty();
        }
    }

    @Test
    void aTakenPortIsOneLineAndStatus2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                StoaProcess process = run(
                        "serve",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(taken.getLocalPort()),
                        "--media-port",
                        "0")) {
            assertThat(process.status()).isEqualTo(2);
            assertThat(process.err).filteredOn(text -> !text.contains(" INFO ")).hasSize(1);
            assertThat(process.err.getLast()).startsWith("stoa: ").contains("port");
            assertThat(process.out).isEmpty();
        }
    }

    @Test
    void doctorSaysWhatIsWrong() throws Exception {
        String port = String.valueOf(StoaProcess.freePort());
        String mediaPort = String.valueOf(StoaProcess.freePort());
        try (StoaProcess healthy = run("doctor", "--port", port, "--media-port", mediaPort)) {
            assertThat(healthy.status()).as(healthy.out.toString()).isZero();
            assertThat(healthy.out).hasSizeGreaterThan(5).allMatch(text -> text.startsWith("ok "));
        }
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(Integer.parseInt(mediaPort)));
                StoaProcess sick = run("doctor", "--port", port, "--media-port", mediaPort)) {
            assertThat(sick.status()).isEqualTo(1);
            assertThat(sick.out).filteredOn(text -> text.startsWith("FAIL ")).hasSize(1);
            assertThat(taken.isBound()).isTrue();
        }
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        try (StoaProcess process = run()) {
            assertThat(process.status()).isEqualTo(2);
            assertThat(process.err).hasSize(1);
            assertThat(process.err.getFirst()).contains("serve", "token", "room", "doctor");
        }
    }
}
