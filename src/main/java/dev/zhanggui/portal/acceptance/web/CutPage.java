package dev.zhanggui.portal.acceptance.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A page in the bytes it is sent in, cut where the parts stand that all pages share, which are kept once, and where what is new for
 * each reader goes in.
 */
final class CutPage {

    private static final byte[] STYLE = utf8(Frame.STYLE);
    private static final byte[] SCRIPT = utf8(Frame.SCRIPT);
    private static final byte[] HOLE = {};

    private final List<byte[]> pieces;
    private final int length;
    private final boolean hole;

    private CutPage(List<byte[]> pieces) {
        this.pieces = List.copyOf(pieces);
        this.hole = pieces.contains(HOLE);
        this.length = pieces.stream().mapToInt(it -> it.length).sum();
    }

    /** @param once what each reader gets anew; its first place in the page becomes the hole, if it has one */
    static CutPage of(String html, String once) {
        var pieces = new ArrayList<byte[]>();
        int from = 0;
        from = cut(html, from, Frame.STYLE, STYLE, pieces);
        from = cut(html, from, once, HOLE, pieces);
        from = cut(html, from, Frame.SCRIPT, SCRIPT, pieces);
        pieces.add(utf8(html.substring(from)));
        return new CutPage(pieces);
    }

    private static int cut(String html, int from, String what, byte[] piece, List<byte[]> pieces) {
        int at = html.indexOf(what, from);
        if (at < 0) {
            return from;
        }
        pieces.add(utf8(html.substring(from, at)));
        pieces.add(piece);
        return at + what.length();
    }

    byte[] with(String once) {
        var page = new byte[hole ? length + once.length() : length];
        int at = 0;
        for (var piece : pieces) {
            if (piece == HOLE) {
                for (int i = 0; i < once.length(); i++) {
                    page[at++] = (byte) once.charAt(i);
                }
            } else {
                System.arraycopy(piece, 0, page, at, piece.length);
                at += piece.length;
            }
        }
        return page;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
