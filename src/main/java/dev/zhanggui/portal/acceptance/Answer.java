package dev.zhanggui.portal.acceptance;

import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.shared.Money;
import dev.zhanggui.portal.tradinghours.Alternative;
import dev.zhanggui.portal.tradinghours.Decision;
import dev.zhanggui.portal.tradinghours.TradingState;
import java.util.List;
import java.util.Optional;

/**
 * What a scanned code may do now. Precedence: a text that is not ours, a code that was stopped, a merchant who may not collect,
 * and only then the store's hours.
 */
public sealed interface Answer {

    /** A payer pays at most this much a day by static codes (PBoC notice 2017 No. 296, article on risk class D). */
    Money STATIC_CODE_A_DAY = Money.yuan(500);

    Decision decision();

    /** A stable name: one of the three here, or of {@link dev.zhanggui.portal.tradinghours.ReasonCode}. */
    String reason();

    /** What the payer can do instead; never empty, cash always among them (PBoC notice 2020 No. 18). */
    List<Alternative> alternatives();

    /** Not signed by this installation, or signed and not registered: outside both read the same. */
    record NotOurs() implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "UNKNOWN_CODE";
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** The plate was stopped for good. */
    record Stopped(QrCode code, Store store) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "CODE_REVOKED";
        }

        @Override
        public List<Alternative> alternatives() {
            return OTHER_MEANS;
        }
    }

    /** The merchant may not collect at all; why is not the payer's business. */
    record Frozen(QrCode code, Store store) implements Answer {
        @Override
        public Decision decision() {
            return Decision.DENY;
        }

        @Override
        public String reason() {
            return "MERCHANT_FROZEN";
        }

        @Override
        public List<Alternative> alternatives() {
            return CASH_ONLY;
        }
    }

    /** The store's hours and what it chose for the time outside them decide. */
    record ByHours(QrCode code, Store store, TradingState state) implements Answer {
        @Override
        public Decision decision() {
            return state.decision();
        }

        @Override
        public String reason() {
            return state.reason().name();
        }

        @Override
        public List<Alternative> alternatives() {
            return state.alternatives();
        }

        /** The daily notice for payers, on codes that everybody can photograph. */
        public Optional<Money> payersDailyLimit() {
            return code.kind().isStatic() ? Optional.of(STATIC_CODE_A_DAY) : Optional.empty();
        }
    }

    List<Alternative> OTHER_MEANS = List.of(Alternative.CASH, Alternative.CARD);

    List<Alternative> CASH_ONLY = List.of(Alternative.CASH);
}
