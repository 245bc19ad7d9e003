package dev.stoa.rooms.live;

import org.jspecify.annotations.Nullable;

/// What is to happen to one value of the session store. Whoever reads the outcome knows the value as it was in that
/// moment, whatever others do at the same time.
public sealed interface ValueChange {
    /// @param data JSON text, null = delete the value
    /// @param ifVersion change only if this is the version of the value (0 = there is none); null = in any case
    record Put(@Nullable String data, @Nullable Long ifVersion) implements ValueChange {}

    /// Adds to a whole number; a value that is not there counts as 0.
    record Add(long by) implements ValueChange {}

    /// Puts something at the end of a list; a value that is not there counts as an empty list.
    ///
    /// @param item JSON text
    record Append(String item) implements ValueChange {}
}
