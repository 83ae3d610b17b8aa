/**
 * The wire contract: every message between portal, bridge and terminals, compiled by both builds and depending on the JDK alone.
 *
 * <p>Rules for all records here. JSON maps by component name. Moments are {@link java.time.Instant}s in UTC, written as ISO-8601
 * text. Binary values (digests, keys, signatures) are base64url without padding. Readers ignore fields they do not know; writers
 * leave out a component that is null. A list that is absent reads as an empty list; a required value that is absent makes the
 * message malformed (the constructor throws). {@code tid} is the terminal's public id (a ULID) and stands in every message, so that
 * both ends can check the address.
 */
@NullMarked
package dev.zhanggui.wire;

import org.jspecify.annotations.NullMarked;
