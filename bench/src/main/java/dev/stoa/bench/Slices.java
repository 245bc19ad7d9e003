package dev.stoa.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What was measured of one server under one feed, slice by slice.
final class Slices {
    private final Variant variant;
    private final Feed feed;
    private final Variant.Reading begin;
    private final List<Variant.Reading> slices = new ArrayList<>();

    Slices(Variant variant, Feed feed) {
        this.variant = variant;
        this.feed = feed;
        this.begin = variant.read(feed);
    }

    /// Feeds the server for a while.
    void measure(int settleMs, int sliceMs) throws InterruptedException {
        variant.start(feed);
        Thread.sleep(settleMs);
        Variant.Reading before = variant.read(feed);
        Thread.sleep(sliceMs);
        slices.add(variant.read(feed).minus(before));
        variant.stop(feed);
    }

    String name() {
        return variant.name();
    }

    /// Everything since the beginning, between slices too.
    Variant.Reading all() {
        return variant.read(feed).minus(begin);
    }

    /// Microseconds of the whole process per forwarded packet.
    double processUs() {
        return median(slices.stream().mapToDouble(Slices::processUs).toArray());
    }

    /// Microseconds of the forwarding thread alone.
    double mediaUs() {
        return median(slices.stream()
                .mapToDouble(slice -> slice.cpu().mediaNs() / 1e3 / slice.received())
                .toArray());
    }

    /// Median of the ratios round by round: neighbours in time met the same machine.
    double ratioTo(Slices other) {
        double[] ratios = new double[slices.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = processUs(slices.get(i)) / processUs(other.slices.get(i));
        }
        return median(ratios);
    }

    double lowestUs() {
        return slices.stream().mapToDouble(Slices::processUs).min().orElse(Double.NaN);
    }

    double highestUs() {
        return slices.stream().mapToDouble(Slices::processUs).max().orElse(Double.NaN);
    }

    private static double processUs(Variant.Reading slice) {
        return slice.cpu().processNs() / 1e3 / slice.received();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
