package dev.zhanggui.portal.tradinghours.interchange;

/** Ends the reading of a text at its first error; never leaves this package. */
final class Refusal extends RuntimeException {

    private final transient Finding finding;

    Refusal(Finding finding) {
        super(finding.kind().name(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
