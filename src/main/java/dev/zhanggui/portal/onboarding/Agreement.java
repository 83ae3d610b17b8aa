package dev.zhanggui.portal.onboarding;

/**
 * A version of the service agreement. The Chinese text binds; the English one helps reading.
 *
 * @param sha256 64 lower-case hex digits over the UTF-8 bytes of {@code textZh}
 */
public record Agreement(String version, String textZh, String textEn, String sha256) {}
