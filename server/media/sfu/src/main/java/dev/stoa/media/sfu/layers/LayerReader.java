package dev.stoa.media.sfu.layers;

import dev.stoa.media.wire.codec.CodecKind;
import dev.stoa.media.wire.codec.Vp8Payload;
import dev.stoa.media.wire.codec.Vp9Payload;
import dev.stoa.media.wire.descriptor.DependencyDescriptor;
import dev.stoa.media.wire.descriptor.DependencyStructure;
import dev.stoa.media.wire.rtp.RtpPacket;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Finds out the layer of each packet of one stream: by the dependency descriptor, whatever the codec, else by the
/// payload descriptor of VP8 (RFC 7741 §4.2) or VP9 (RFC 9628 §4.2). Allocates nothing after its first packet. Single
/// owner thread.
public final class LayerReader {
    /// So that numbers before the first stay positive.
    private static final long FIRST = 1L << 20;

    private final CodecKind codec;
    private final Vp8Payload vp8 = new Vp8Payload();
    private final Vp9Payload vp9 = new Vp9Payload();
    private final LayerGrid grid = new LayerGrid();
    private @Nullable DescriptorState descriptors;
    private long newest = FIRST;
    private boolean started;
    private boolean changed;
    private boolean restructured;
    private long mark;
    private long frame;
    private long references;

    private static final class DescriptorState {
        final DependencyDescriptor view = new DependencyDescriptor();
        final DependencyStructure structure = new DependencyStructure();
        final byte[] targets = new byte[DependencyStructure.MAX_TARGETS];
        boolean usable;
    }

    public LayerReader(CodecKind codec) {
        this.codec = codec;
    }

    /// Looks at a packet; false when nothing is known of its layer. Then ask [#mark], [#frame] and [#references].
    ///
    /// @param descriptorId id of the dependency descriptor extension, 0 = not negotiated
    public boolean read(RtpPacket packet, int descriptorId) {
        changed = false;
        restructured = false;
        mark = LayerMark.UNKNOWN;
        references = 0;
        int at = packet.extensionOffset(descriptorId);
        if (at >= 0) {
            return readDescriptor(packet.buffer(), packet.offset() + at, packet.extensionLength(descriptorId));
        }
        if (descriptors != null || packet.payloadLength() == 0) {
            return false;
        }
        return switch (codec) {
            case VP8 -> readVp8(packet);
            case VP9 -> readVp9(packet);
            case OPUS, H264, AV1, RTX, RED, ULPFEC, OTHER -> false;
        };
    }

    private boolean readDescriptor(MemorySegment buf, long at, int length) {
        DescriptorState state = descriptors;
        if (state == null) {
            state = new DescriptorState();
            descriptors = state;
        }
        DependencyDescriptor view = state.view;
        if (!view.wrap(buf, at, length, state.structure)) {
            return false;
        }
        if (view.hasStructure()) {
            state.usable = grid.describe(state.structure, state.targets);
            changed = true;
            restructured = true;
        }
        if (!state.usable || view.spatialId() >= LayerGrid.TEMPORALS || view.temporalId() >= LayerGrid.TEMPORALS) {
            return false;
        }
        if (view.hasActiveTargets()) {
            changed |= grid.active(LayerGrid.gridMask(view.activeTargets(), state.targets));
        }
        frame = widen(view.frameNumber(), 16);
        references = view.distances();
        mark = LayerMark.of(
                LayerGrid.gridMask(view.present(), state.targets),
                LayerGrid.gridMask(view.switches(), state.targets),
                view.spatialId(),
                view.temporalId());
        mark = LayerMark.edges(mark, view.startOfFrame(), view.endOfFrame());
        mark = view.hasFarDistances() ? LayerMark.far(mark) : mark;
        return true;
    }

    private boolean readVp8(RtpPacket packet) {
        if (!vp8.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                || vp8.temporalId() < 0
                || vp8.pictureId() < 0) {
            return false;
        }
        int temporal = vp8.temporalId();
        changed = grid.observe(0, temporal);
        frame = widen(vp8.pictureId(), vp8.pictureIdBits());
        int present = 0xF << temporal & 0xF;
        if (vp8.isKeyFrameStart()) {
            mark = LayerMark.of(present, 0xF, 0, temporal);
        } else {
            mark = LayerMark.step(LayerMark.of(present, vp8.layerSync() ? 1 << temporal : 0, 0, temporal));
        }
        mark = LayerMark.edges(mark, vp8.startOfFrame(), packet.marker());
        return true;
    }

    private boolean readVp9(RtpPacket packet) {
        if (!vp9.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
                || vp9.pictureId() < 0
                || vp9.spatialId() < 0
                || vp9.spatialId() >= LayerGrid.TEMPORALS
                || vp9.temporalId() >= LayerGrid.TEMPORALS) {
            return false;
        }
        int spatial = vp9.spatialId();
        int temporal = vp9.temporalId();
        changed = grid.observe(spatial, temporal);
        long picture = widen(vp9.pictureId(), vp9.pictureIdBits());
        frame = picture * 8 + spatial;
        boolean key = spatial == 0 && !vp9.interPicture();
        int row = 0xF << spatial * LayerGrid.TEMPORALS;
        int upper = LayerGrid.upFrom(spatial, temporal) & row;
        int switches = key ? 0xFFFF : vp9.switchingUpPoint() ? upper : 0;
        mark = LayerMark.of(LayerGrid.upFrom(spatial, temporal), switches, spatial, temporal);
        mark = LayerMark.edges(mark, vp9.startOfFrame(), vp9.endOfFrame());
        return true;
    }

    /// The number nearest to the newest one with these low bits.
    private long widen(int value, int bits) {
        if (!started) {
            started = true;
            newest = FIRST + value;
            return newest;
        }
        int shift = 32 - bits;
        int distance = value - (int) newest << shift >> shift;
        long wide = newest + distance;
        newest = Math.max(newest, wide);
        return wide;
    }

    /// As [LayerMark].
    public long mark() {
        return mark;
    }

    /// Number of the packet's frame, rising in decoding order.
    public long frame() {
        return frame;
    }

    /// Frames this one builds on: bit `n` means the frame `n + 1` numbers before; 0 also when that is not told.
    public long references() {
        return references;
    }

    /// The last packet changed which layers there are.
    public boolean changed() {
        return changed;
    }

    /// The last packet brought a new description of all layers, for packets after it as well.
    public boolean restructured() {
        return restructured;
    }

    public LayerGrid grid() {
        return grid;
    }
}
