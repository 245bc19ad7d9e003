/// Shares a subscriber's estimated bandwidth among the videos it wants.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sfu.allocation;
