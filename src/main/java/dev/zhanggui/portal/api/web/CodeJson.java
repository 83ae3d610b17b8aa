package dev.zhanggui.portal.api.web;

import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.merchant.Store;
import dev.zhanggui.portal.qrcode.CodeTerms;
import dev.zhanggui.portal.qrcode.OrderFlow;
import dev.zhanggui.portal.qrcode.QrCode;
import dev.zhanggui.portal.qrcode.QrCodeId;
import dev.zhanggui.portal.qrcode.QrCodeKind;
import dev.zhanggui.portal.qrcode.QrCodes;
import dev.zhanggui.portal.qrcode.RevocationReason;
import dev.zhanggui.portal.shared.TerminalId;
import dev.zhanggui.portal.terminal.Terminal;
import dev.zhanggui.portal.terminal.Terminals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A code.
 *
 * @param id the text that the symbol's URL ends in
 * @param url what the symbol contains
 * @param number as printed on the plate; missing for order codes, which are no plates
 * @param place where the plate is; missing for order codes
 * @param holder who answers for the plate
 * @param terminal whose code it is; missing when the terminal is not in the store any more
 * @param active false once it was revoked
 */
record CodeJson(
        String id,
        String url,
        QrCodeKind kind,
        String store,
        @Nullable String number,
        @Nullable String place,
        @Nullable String holder,
        @Nullable String terminal,
        @Nullable String promotion,
        @Nullable OrderJson order,
        Instant issuedAt,
        boolean active,
        @Nullable RevokedJson revoked) {

    /** @param next what the next page is asked for with; missing on the last */
    record CodesJson(List<CodeJson> items, @Nullable String next) {}

    /** @param replacedBy the code that took its place */
    record RevokedJson(
            RevocationReason reason,
            @Nullable String note,
            Instant at,
            @Nullable String replacedBy) {}

    /** @param confirmedAt only with the flow CONFIRMED_ONLINE */
    record OrderJson(
            String number,
            OrderFlow flow,
            long amountFen,
            Instant expiresAt,
            @Nullable Instant paidAt,
            @Nullable Instant confirmedAt) {}

    /** Names things by the ids that are known outside, with few questions for many codes of one store. */
    record Names(Actor actor, Store store, QrCodes codes, Terminals terminals) {

        List<CodeJson> of(List<QrCode> some) {
            var successors = codes
                    .among(
                            actor,
                            store.id(),
                            some.stream().flatMap(Names::successor).collect(Collectors.toSet()))
                    .stream()
                    .collect(Collectors.toMap(QrCode::id, QrCode::code));
            Map<TerminalId, String> seats = some.stream().anyMatch(it -> it.kind() == QrCodeKind.TERMINAL)
                    ? terminals.list(actor, store.id()).stream()
                            .collect(Collectors.toMap(Terminal::id, Terminal::publicId))
                    : Map.of();
            return some.stream().map(code -> json(code, successors, seats)).toList();
        }

        private static Stream<QrCodeId> successor(QrCode code) {
            var end = code.revocation();
            return end == null ? Stream.empty() : Stream.ofNullable(end.replacedBy());
        }

        private CodeJson json(QrCode code, Map<QrCodeId, String> successors, Map<TerminalId, String> seats) {
            var terms = code.terms();
            var end = code.revocation();
            boolean plate = code.kind() != QrCodeKind.ORDER;
            return new CodeJson(
                    code.code(),
                    code.url(),
                    code.kind(),
                    store.publicId(),
                    plate ? code.numberText() : null,
                    plate ? code.place() : null,
                    code.holder(),
                    terms instanceof CodeTerms.OfTerminal(var terminal) ? seats.get(terminal) : null,
                    terms instanceof CodeTerms.OfPromotion(var promotion) ? promotion.publicId() : null,
                    terms instanceof CodeTerms.OfOrder order ? json(order) : null,
                    code.issuedAt(),
                    code.isActive(),
                    end == null
                            ? null
                            : new RevokedJson(
                                    end.reason(),
                                    end.note(),
                                    end.at(),
                                    end.replacedBy() == null ? null : successors.get(end.replacedBy())));
        }

        private static OrderJson json(CodeTerms.OfOrder order) {
            return new OrderJson(
                    order.number(),
                    order.flow(),
                    order.amount().fen(),
                    order.expiresAt(),
                    order.usedAt(),
                    order.confirmedAt());
        }
    }
}
