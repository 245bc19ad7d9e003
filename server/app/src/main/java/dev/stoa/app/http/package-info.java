/// What the HTTP port serves besides protocol and API: health, metrics, the web app.
@org.jspecify.annotations.NullMarked
package dev.stoa.app.http;
