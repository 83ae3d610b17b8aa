package dev.zhanggui.portal.onboarding.ui;

import dev.zhanggui.portal.onboarding.Application;
import dev.zhanggui.portal.onboarding.DocumentContent;
import dev.zhanggui.portal.onboarding.DocumentKind;
import dev.zhanggui.portal.onboarding.Field;
import dev.zhanggui.portal.onboarding.SaveOutcome;
import dev.zhanggui.portal.onboarding.UploadOutcome;

/** What an input may do with the application it stands in: always this person's, always this one. */
interface Drafting {

    /** As of the last save. */
    Application application();

    SaveOutcome save(Field field, String typed, int expectedVersion);

    /** This person's own value in clear. */
    String own(Field field);

    UploadOutcome upload(DocumentKind kind, byte[] content);

    DocumentContent document(DocumentKind kind);

    /** Something was kept: the page may say so. */
    void saved();
}
