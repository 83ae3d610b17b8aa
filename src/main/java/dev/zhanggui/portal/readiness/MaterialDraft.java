package dev.zhanggui.portal.readiness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What staff must know, and the quiz that shows whether they do.
 *
 * @param text paragraphs, one a line
 * @param questions 3 to 5
 */
public record MaterialDraft(String title, String text, List<Question> questions) {

    public static final int TITLE_MOST = 100;
    public static final int TEXT_MOST = 8_000;

    public MaterialDraft {
        title = title.strip();
        text = text.strip();
        questions = List.copyOf(questions);
    }

    public List<String> paragraphs() {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    boolean hasQuiz() {
        return questions.size() >= 3
                && questions.size() <= 5
                && questions.stream().allMatch(Question::isValid);
    }

    /** What is wrong with it; null if nothing is. */
    public MaterialOutcome.@Nullable Fault fault() {
        if (title.isEmpty() || title.length() > TITLE_MOST) {
            return MaterialOutcome.Fault.TITLE;
        }
        if (text.isEmpty() || text.length() > TEXT_MOST) {
            return MaterialOutcome.Fault.TEXT;
        }
        return hasQuiz() ? null : MaterialOutcome.Fault.QUIZ;
    }
}
