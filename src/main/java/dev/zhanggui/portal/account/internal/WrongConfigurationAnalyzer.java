package dev.zhanggui.portal.account.internal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says one line in place of a stack trace. */
class WrongConfigurationAnalyzer extends AbstractFailureAnalyzer<WrongConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, WrongConfigurationException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Set it in the environment and start again.", cause);
    }
}
