/// JSON Web Tokens of clients and of the REST API's callers.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.token;
