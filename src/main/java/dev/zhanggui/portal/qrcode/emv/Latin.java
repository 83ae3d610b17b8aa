package dev.zhanggui.portal.qrcode.emv;

import com.github.houbb.pinyin.constant.enums.PinyinStyleEnum;
import com.github.houbb.pinyin.util.PinyinHelper;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names in the printable ASCII that fields 59 and 60 take: Chinese as pinyin without tones in capitals, {@code ü} as YU as in
 * passports (GB/T 28039-2011), accents dropped, and cut where a reader would cut.
 */
final class Latin {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^\\x21-\\x7e]+");
    private static final Pattern INSIDE_BRACKETS = Pattern.compile(" ?([()]) ?");
    private static final Pattern BEFORE_A_SIGN = Pattern.compile(" (?=[,.;:!?])");
    private static final Pattern LOOSE_END = Pattern.compile("[\\s(\\[{,;:&+/-]+$");

    private Latin() {}

    /** Syllable by syllable, at most so many characters; empty when nothing of it can be said in Latin. */
    static String name(String text, int most) {
        return cut(spelled(text), most);
    }

    /** As one word, without 市 at the end: 重庆市 is CHONGQING. */
    static String city(String text, int most) {
        var name = text.strip();
        if (name.length() > 2 && name.endsWith("市")) {
            name = name.substring(0, name.length() - 1);
        }
        var syllables = spelled(name);
        if (!HAN.matcher(name).matches()) {
            return cut(syllables, most);
        }
        var word = new StringBuilder();
        for (var syllable : syllables.split(" ")) {
            if (word.length() + syllable.length() > most) {
                break;
            }
            word.append(syllable);
        }
        return word.toString();
    }

    private static String spelled(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var pinyin = HAN.matcher(plain).replaceAll(run -> " " + pinyin(run.group()) + " ");
        var bare = MARKS.matcher(Normalizer.normalize(pinyin, Normalizer.Form.NFKD))
                .replaceAll("");
        var spaced = OTHER.matcher(bare).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
        var ascii = BEFORE_A_SIGN.matcher(spaced).replaceAll("");
        return INSIDE_BRACKETS
                .matcher(ascii)
                .replaceAll(it -> it.group(1).equals("(") ? " (" : ") ")
                .strip();
    }

    /** What the dictionary lacks it answers with question marks. */
    private static String pinyin(String run) {
        return PinyinHelper.toPinyin(run, PinyinStyleEnum.NORMAL, " ")
                .replace("\u00fc", "yu")
                .replace('?', ' ');
    }

    /** At a blank where there is one; no bracket stays open, no hyphen hangs. */
    static String cut(String text, int most) {
        if (DataObject.characters(text) <= most) {
            return text;
        }
        int end = text.offsetByCodePoints(0, most);
        var head = text.substring(0, end);
        int blank = head.lastIndexOf(' ');
        if (text.charAt(end) != ' ' && blank > 0) {
            head = head.substring(0, blank);
        }
        int open = Math.max(head.lastIndexOf('('), head.lastIndexOf('（'));
        int close = Math.max(head.lastIndexOf(')'), head.lastIndexOf('）'));
        if (open > close && open > 0) {
            head = head.substring(0, open);
        }
        return LOOSE_END.matcher(head).replaceAll("");
    }
}
