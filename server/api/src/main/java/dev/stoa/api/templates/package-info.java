/// Endpoints of templates and their parts.
@org.jspecify.annotations.NullMarked
package dev.stoa.api.templates;
