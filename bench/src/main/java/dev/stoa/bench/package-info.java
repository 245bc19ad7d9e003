/// Load for whole calls, and what it is measured against.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench;
