package dev.zhanggui.portal.onboarding;

/** What became of an uploaded photo. Refused: the one stored before, and everything else, stays as it was. */
public sealed interface UploadOutcome {

    record Stored(Application.DocumentInfo document) implements UploadOutcome {}

    record TooLarge(long maxBytes) implements UploadOutcome {}

    /** Not a JPEG, PNG or other picture we can read, whatever its name says. */
    record NotAPicture(String sniffedType) implements UploadOutcome {}

    /** It begins like a picture, but cannot be read to its end. */
    record Broken() implements UploadOutcome {}

    /** Too few pixels for anyone to read a sign on it. */
    record TooSmall(int minPixels) implements UploadOutcome {}

    record Closed(ApplicationState state) implements UploadOutcome {}
}
