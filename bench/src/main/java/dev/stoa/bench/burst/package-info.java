/// Forwarding of bursts of one size, in one process: threads' own CPU time, so that the ratios hold on busy machines.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.burst;
