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

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
