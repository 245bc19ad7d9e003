package dev.stoa.app.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// `GET /metrics` in Prometheus text format. Counters stay plain numbers where they are counted and are read when
/// asked.
public final class Metrics {
    private static final PrometheusTextFormatWriter WRITER = PrometheusTextFormatWriter.create();

    private final PrometheusRegistry registry = new PrometheusRegistry();

    public void register(JavalinConfig config) {
        config.routes.get("/metrics", this::serve);
    }

    /// @param name without `_total`
    public void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.getAsDouble()))
                .register(registry);
    }

    /// One counter with a label, one series per entry of the map.
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(out -> values.get().forEach((key, value) -> out.call(value, key)))
                .register(registry);
    }

    /// One gauge with a label, one series per entry of the map.
    public void gauges(String name, String help, String label, Supplier<Map<String, Long>> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(out -> values.get().forEach((key, value) -> out.call(value, key)))
                .register(registry);
    }

    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.getAsDouble()))
                .register(registry);
    }

    /// Constant facts as labels of a series with value 1.
    public void info(String name, String help, Map<String, String> facts) {
        String[] labels = facts.keySet().toArray(String[]::new);
        String[] values = facts.values().toArray(String[]::new);
        Info.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .register(registry)
                .addLabelValues(values);
    }

    private void serve(Context ctx) throws IOException {
        ctx.contentType(PrometheusTextFormatWriter.CONTENT_TYPE).result(scrape());
    }

    /// All series as they are now, in Prometheus text format (UTF-8).
    public byte[] scrape() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
        WRITER.write(body, registry.scrape(), EscapingScheme.ALLOW_UTF8);
        return body.toByteArray();
    }
}
