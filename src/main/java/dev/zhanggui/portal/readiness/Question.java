package dev.zhanggui.portal.readiness;

import java.util.List;

/**
 * A question of a quiz.
 *
 * @param options 2 to 4 answers
 * @param right the place of the right one, from 0
 */
public record Question(String words, List<String> options, int right) {

    public static final int MOST = 200;

    public Question {
        options = List.copyOf(options);
    }

    boolean isValid() {
        return !words.isBlank()
                && words.length() <= MOST
                && options.size() >= 2
                && options.size() <= 4
                && options.stream().allMatch(option -> !option.isBlank() && option.length() <= MOST)
                && right >= 0
                && right < options.size();
    }
}
