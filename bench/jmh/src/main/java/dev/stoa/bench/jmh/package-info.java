/// Single steps of the packet path: ns and bytes allocated per operation.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.jmh;
