/// What all endpoints share: authentication, bodies, queries, errors, cross-origin rules.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.http;
