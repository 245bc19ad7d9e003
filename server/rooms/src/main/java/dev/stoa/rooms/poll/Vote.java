package dev.stoa.rooms.poll;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer as a client gives it, unchecked.
///
/// @param question index, from 1
/// @param options chosen options; a client says "none" by an empty list or by -1
/// @param text written answer, null = none
/// @param durationMs time taken, as the client says
public record Vote(
        int question, List<Integer> options, @Nullable String text, boolean skipped, long durationMs) {}
