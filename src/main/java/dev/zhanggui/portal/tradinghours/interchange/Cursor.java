package dev.zhanggui.portal.tradinghours.interchange;

import org.jspecify.annotations.Nullable;

/** Walks over a text once, from left to right. */
final class Cursor {

    final String text;
    int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The character ahead, 0 at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    void blanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    boolean accept(String expected) {
        if (text.startsWith(expected, at)) {
            at += expected.length();
            return true;
        }
        return false;
    }

    /** The first of the words that stands here, consumed; null if none. List longer words first. */
    @Nullable
    String acceptAny(Iterable<String> words) {
        for (var word : words) {
            if (accept(word)) {
                return word;
            }
        }
        return null;
    }

    /** A run of ASCII digits, consumed; empty if none. */
    String digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        return text.substring(from, at);
    }

    /** A run of ASCII letters, consumed; empty if none. */
    String letters() {
        int from = at;
        while (peek() >= 'a' && peek() <= 'z' || peek() >= 'A' && peek() <= 'Z') {
            at++;
        }
        return text.substring(from, at);
    }

    Finding.Place since(int from) {
        return new Finding.Place.Text(from, at);
    }

    String from(int from) {
        return text.substring(from, at);
    }
}
