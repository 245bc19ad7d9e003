/// How long the lists of the REST API keep a large database.
@org.jspecify.annotations.NullMarked
package dev.stoa.bench.store;
