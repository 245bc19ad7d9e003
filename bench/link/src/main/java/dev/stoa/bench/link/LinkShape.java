package dev.stoa.bench.link;

import dev.stoa.media.sim.LinkSettings;

/// What one direction of the emulated link is like.
///
/// @param settings the link model's settings
/// @param queueMs how long the queue before a slow link may become, so that it grows and shrinks with the rate
record LinkShape(LinkSettings settings, int queueMs) {
    /// Carries everything at once.
    static final LinkShape CLEAN = new LinkShape(LinkSettings.delay(0), 300);

    /// A queue must hold a large packet or two whatever the rate.
    private static final int LEAST_QUEUE_BYTES = 4_000;

    /// Changes one property.
    ///
    /// @param key `rate` (`300k`, `1.5M`, 0 = any), `queue` and `delay` and `jitter` (`20ms`, `2s`), `loss` and
    ///     `duplicate` (`10%`), `burst` (`1%x5`: chance of its start, datagrams), `reorder` (`5%x20ms`)
    /// @throws IllegalArgumentException says which property is wrong
    LinkShape with(String key, String value) {
        String[] parts = value.split("x", 2);
        return switch (key) {
            case "rate" -> withRate(bitsPerSecond(value), queueMs);
            case "queue" -> withRate(settings.rateBps(), millis(value));
            case "delay" -> new LinkShape(delayed(millis(value)), queueMs);
            case "jitter" -> new LinkShape(settings.withJitter(millis(value)), queueMs);
            case "loss" -> new LinkShape(settings.withLoss(share(value)), queueMs);
            case "duplicate" -> new LinkShape(settings.withDuplicates(share(value)), queueMs);
            case "burst" -> new LinkShape(settings.withBursts(share(parts[0]), number(second(parts, value))), queueMs);
            case "reorder" ->
                new LinkShape(settings.withReordering(share(parts[0]), millis(second(parts, value))), queueMs);
            default -> throw new IllegalArgumentException("unknown property " + key);
        };
    }

    private LinkShape withRate(long bps, int queueMs) {
        long bytes = Math.max(bps * queueMs / 8_000, LEAST_QUEUE_BYTES);
        return new LinkShape(settings.withRate(bps, (int) Math.min(bytes, Integer.MAX_VALUE)), queueMs);
    }

    private LinkSettings delayed(int ms) {
        LinkSettings s = settings;
        return new LinkSettings(
                ms * 1_000_000L,
                s.jitterNs(),
                s.loss(),
                s.burstStart(),
                s.burstLength(),
                s.reorder(),
                s.reorderNs(),
                s.duplicate(),
                s.rateBps(),
                s.queueBytes());
    }

    /// `20ms` or `2s`.
    static int millis(String text) {
        return text.endsWith("ms")
                ? (int) decimal(text, text.length() - 2)
                : (int) Math.round(1_000 * decimal(text, text.endsWith("s") ? text.length() - 1 : text.length()));
    }

    private static long bitsPerSecond(String text) {
        int end = text.length() - 1;
        if (text.endsWith("k")) {
            return Math.round(1e3 * decimal(text, end));
        }
        return text.endsWith("M") ? Math.round(1e6 * decimal(text, end)) : (long) decimal(text, text.length());
    }

    private static double share(String text) {
        double percent = decimal(text, text.endsWith("%") ? text.length() - 1 : text.length());
        if (percent > 100) {
            throw new IllegalArgumentException("more than 100 %: " + text);
        }
        return percent / 100;
    }

    private static int number(String text) {
        return (int) decimal(text, text.length());
    }

    private static String second(String[] parts, String value) {
        if (parts.length < 2) {
            throw new IllegalArgumentException("two values are needed, as in 5%x20ms: " + value);
        }
        return parts[1];
    }

    private static double decimal(String text, int end) {
        try {
            double value = Double.parseDouble(text.substring(0, Math.max(end, 0)));
            if (value >= 0 && value <= 1e12) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + text, e);
        }
        throw new IllegalArgumentException("out of range: " + text);
    }
}
