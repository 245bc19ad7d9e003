/// Bandwidth estimation and pacing over virtual links.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sim.bwe;
