/// Load on the signalling of a whole server: many web sockets, no media. Run by `bench/signal.sh`.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.signal;
