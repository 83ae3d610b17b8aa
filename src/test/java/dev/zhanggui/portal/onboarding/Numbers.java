package dev.zhanggui.portal.onboarding;

/** Numbers whose check characters are right. */
public final class Numbers {

    private Numbers() {}

    /** @param birth yyyyMMdd */
    public static String residentId(String birth) {
        var body = "430104" + birth + "123";
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    /** Adds the Luhn digit. */
    public static String bankCard(String body) {
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return body + (10 - sum % 10) % 10;
    }
}
