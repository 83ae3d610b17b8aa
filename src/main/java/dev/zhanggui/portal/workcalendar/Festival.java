package dev.zhanggui.portal.workcalendar;

/** What a holiday block or make-up workday is due to. */
public enum Festival {
    NEW_YEAR("元旦", "New Year"),
    SPRING_FESTIVAL("春节", "Spring Festival"),
    QINGMING("清明节", "Qingming Festival"),
    LABOUR_DAY("劳动节", "Labour Day"),
    DRAGON_BOAT("端午节", "Dragon Boat Festival"),
    MID_AUTUMN("中秋节", "Mid-Autumn Festival"),
    NATIONAL_DAY("国庆节", "National Day"),
    NATIONAL_DAY_AND_MID_AUTUMN("国庆节、中秋节", "National Day and Mid-Autumn Festival"),
    VICTORY_DAY("抗战胜利纪念日", "Victory Day"),
    /** A date given from outside, as in a preview with a list of public holidays. */
    OTHER("节假日", "public holiday");

    private final String chinese;
    private final String english;

    Festival(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /** The festival that a Chinese name speaks of, as notices and feeds write it; {@link #OTHER} for any other text. */
    public static Festival named(String name) {
        boolean midAutumn = name.contains("中秋");
        if (name.contains("国庆")) {
            return midAutumn ? NATIONAL_DAY_AND_MID_AUTUMN : NATIONAL_DAY;
        }
        if (midAutumn) {
            return MID_AUTUMN;
        }
        if (name.contains("元旦")) {
            return NEW_YEAR;
        }
        if (name.contains("春节") || name.contains("除夕")) {
            return SPRING_FESTIVAL;
        }
        if (name.contains("清明")) {
            return QINGMING;
        }
        if (name.contains("劳动") || name.contains("五一")) {
            return LABOUR_DAY;
        }
        if (name.contains("端午")) {
            return DRAGON_BOAT;
        }
        return name.contains("抗战") || name.contains("抗日战争") ? VICTORY_DAY : OTHER;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
