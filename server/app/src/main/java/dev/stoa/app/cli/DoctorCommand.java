package dev.stoa.app.cli;

import dev.stoa.app.CipherSetup;
import dev.stoa.app.Domain;
import dev.stoa.app.settings.BadSettingException;
import dev.stoa.app.settings.SecretsKeyFile;
import dev.stoa.app.settings.Settings;
import dev.stoa.app.settings.StoreSettings;
import dev.stoa.media.io.linux.LinuxDatagramIo;
import dev.stoa.rooms.outcome.StoreUnavailableException;
import dev.stoa.store.PostgresStore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Says what this machine has and what would keep the server from starting.
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Check this machine and the settings.")
final class DoctorCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private ServeFlags flags = new ServeFlags();

    private boolean healthy = true;

    DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = flags.settings(environment.variables());
        } catch (BadSettingException bad) {
            environment.err().println("stoa: " + bad.getMessage());
            return ExitCode.BAD_SETTINGS;
        }
        line(true, "java", Runtime.version().toString());
        line(true, "datagram-io", LinuxDatagramIo.isSupported() ? "linux-ffm" : "nio (linux-ffm needs 64-bit Linux)");
        cipher(settings.srtpCipher());
        port("port", settings.port(), true);
        for (int mediaPort : settings.mediaPorts()) {
            port("media-port (TCP)", mediaPort, true);
            port("media-port (UDP)", mediaPort, false);
        }
        data(settings.data());
        store(settings.store());
        secrets(settings.store().secretsKeyFile());
        return healthy ? ExitCode.OK : ExitCode.FAILED;
    }

    private void cipher(Settings.SrtpCipherKind kind) {
        try {
            String name = CipherSetup.of(kind).name();
            boolean couldBeFaster = kind == Settings.SrtpCipherKind.AUTO && !name.equals("ipsec-mb");
            line(true, "srtp-cipher", couldBeFaster ? name + " (libipsec-mb1 or -mb2 is faster on x86-64)" : name);
        } catch (BadSettingException missing) {
            line(false, "srtp-cipher", Objects.toString(missing.getMessage()));
        }
    }

    private void port(String name, int port, boolean tcp) {
        try {
            if (tcp) {
                try (ServerSocket probe = new ServerSocket()) {
                    probe.setReuseAddress(true);
                    probe.bind(new InetSocketAddress(port));
                }
            } else {
                new DatagramSocket(port).close();
            }
            line(true, name, port + " is free");
        } catch (IOException taken) {
            line(false, name, port + " is taken or not permitted: stop the other program or choose another port");
        }
    }

    private void data(Path data) {
        Path existing = data.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        boolean writable = existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
        line(writable, "data", data + (writable ? " is writable" : " cannot be written"));
    }

    private void store(StoreSettings settings) {
        String url = settings.url();
        if (url == null) {
            line(true, "store", "embedded, in the data directory (store-url names a PostgreSQL database)");
            return;
        }
        try {
            line(true, "store", "PostgreSQL " + PostgresStore.probe(Domain.postgres(url, settings)) + " answers");
        } catch (StoreUnavailableException away) {
            line(false, "store", "check store-url, store-user and store-password-file: " + away.getMessage());
        }
    }

    private void secrets(@Nullable Path keyFile) {
        if (keyFile == null) {
            line(true, "secrets-key-file", "none: secrets are readable in the database and in its backups");
            return;
        }
        try {
            boolean open = SecretsKeyFile.isReadableByAll(keyFile);
            line(
                    !open,
                    "secrets-key-file",
                    open ? "anybody on this machine can read it: chmod 600 " + keyFile : "secrets are sealed with it");
        } catch (IOException unreadable) {
            line(false, "secrets-key-file", "cannot be read: " + keyFile);
        }
    }

    private void line(boolean good, String what, String finding) {
        healthy &= good;
        environment.out().printf("%-5s %-18s %s%n", good ? "ok" : "FAIL", what, finding);
    }
}
