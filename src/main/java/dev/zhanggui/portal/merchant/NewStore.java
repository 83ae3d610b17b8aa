package dev.zhanggui.portal.merchant;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** A store to open; the fields are those of {@link Store}. */
public record NewStore(
        String name, @Nullable String nameEn, String regionCode, String address, ZoneId zone, String industry) {}
