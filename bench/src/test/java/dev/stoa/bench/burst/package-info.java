/// Gates on what forwarding costs.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.burst;
