package dev.stoa.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stoa.api.webhook.WebhookCounters;
import dev.stoa.app.http.Metrics;
import dev.stoa.conference.ConferenceCounters;
import dev.stoa.media.crypto.BcDtlsFactory;
import dev.stoa.media.crypto.DtlsCounters;
import dev.stoa.media.io.IoCounters;
import dev.stoa.media.sfu.SfuCounter;
import dev.stoa.media.sfu.SfuCounters;
import dev.stoa.signal.SignalCounters;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Every counter of the code is among the metrics, under a name and with a help text of its own.
class ServerMetricsTest {
    private final Metrics metrics = new Metrics();

    private List<String> lines() throws IOException {
        return new String(metrics.scrape(), StandardCharsets.UTF_8).lines().toList();
    }

    /// Gives every public counter of the object another value, and returns these as series end with them.
    private static List<String> fill(Object counters) throws IllegalAccessException {
        List<String> values = new ArrayList<>();
        for (Field field : counters.getClass().getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            long value = 1_000 + 7L * values.size();
            if (field.get(counters) instanceof LongAdder adder) {
                adder.add(value);
            } else {
                field.setLong(counters, value);
            }
            values.add(" " + value + ".0");
        }
        assertThat(values).isNotEmpty();
        return values;
    }

    private void everyValueIsShown(List<String> values) throws IOException {
        List<String> lines = lines();
        assertThat(values).allSatisfy(value -> assertThat(lines).anyMatch(line -> line.endsWith(value)));
    }

    @Test
    void everyCounterOfTheForwardingHasItsNameAndHelp() throws IOException {
        SfuCounters none = SfuCounters.sum(List.of());
        ServerMetrics.sfu(metrics, () -> none);
        List<String> lines = lines();
        assertThat(SfuCounter.values()).allSatisfy(counter -> {
            String name = "stoa_sfu_" + counter.metric() + "_total";
            assertThat(counter.help()).matches("[A-Z].{10,}\\.");
            assertThat(lines)
                    .contains("# HELP " + name + " " + counter.help(), "# TYPE " + name + " counter", name + " 0.0");
        });
        assertThat(Arrays.stream(SfuCounter.values()).map(SfuCounter::help)).doesNotHaveDuplicates();
    }

    @Test
    void everyCounterOfTheSockets() throws Exception {
        IoCounters counters = new IoCounters();
        List<String> values = fill(counters);
        ServerMetrics.io(metrics, () -> counters);
        everyValueIsShown(values);
    }

    @Test
    void everyCounterOfRooms() throws Exception {
        ConferenceCounters counters = new ConferenceCounters();
        List<String> values = fill(counters);
        ServerMetrics.rooms(metrics, counters);
        everyValueIsShown(values);
    }

    @Test
    void everyCounterOfSignalling() throws Exception {
        SignalCounters counters = new SignalCounters();
        List<String> values = fill(counters);
        ServerMetrics.signal(metrics, counters);
        everyValueIsShown(values);
    }

    @Test
    void everyCounterOfWebhooks() throws Exception {
        WebhookCounters counters = new WebhookCounters();
        List<String> values = fill(counters);
        ServerMetrics.webhooks(metrics, counters);
        everyValueIsShown(values);
    }

    @Test
    void everyCounterOfHandshakes() throws IOException {
        ServerMetrics.dtls(metrics, BcDtlsFactory.create().counters());
        List<String> lines = lines();
        assertThat(Arrays.stream(DtlsCounters.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName))
                .hasSize(3)
                .allSatisfy(name -> assertThat(lines)
                        .anyMatch(line -> line.startsWith("stoa_dtls_handshakes_" + name + "_total ")));
    }
}
