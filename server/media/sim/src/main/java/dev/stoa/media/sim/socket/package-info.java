/// Simulated peers over real sockets, in real time: for tests of the whole server and for load.
@org.jspecify.annotations.NullMarked
package dev.stoa.media.sim.socket;
