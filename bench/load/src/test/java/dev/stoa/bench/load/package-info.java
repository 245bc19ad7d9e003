/// Whole servers under load that is short enough for every build.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.load;
