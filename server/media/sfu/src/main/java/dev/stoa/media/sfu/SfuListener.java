package dev.stoa.media.sfu;

/// Receives events. Called by a media worker: must not block.
@FunctionalInterface
public interface SfuListener {
    void onEvent(SfuEvent event);
}
