/// The REST API.
@org.jspecify.annotations.NullMarked
package dev.stoa.api;
