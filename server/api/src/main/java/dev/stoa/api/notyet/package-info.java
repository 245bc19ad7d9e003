/// Endpoints of the reference that the server answers with an honest refusal.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.notyet;
