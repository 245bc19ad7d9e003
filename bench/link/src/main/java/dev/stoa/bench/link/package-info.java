/// A bad network for real browsers: the link model of the simulation, driven by a real clock.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.link;
