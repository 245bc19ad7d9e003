/// The contract of the API, for machines and for people.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.docs;
