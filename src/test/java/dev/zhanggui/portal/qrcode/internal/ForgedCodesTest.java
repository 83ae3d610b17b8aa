package dev.zhanggui.portal.qrcode.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhanggui.portal.account.Access;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.audit.AuditLog;
import dev.zhanggui.portal.merchant.Merchants;
import dev.zhanggui.portal.qrcode.Scanned;
import dev.zhanggui.portal.shared.NotFoundException;
import dev.zhanggui.portal.terminal.Terminals;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;

/** What is not genuine is refused before anything else is touched: a flood of guesses never reaches the database. */
class ForgedCodesTest {

    // It has no connection: any statement throws.
    private final DSLContext db = DSL.using(SQLDialect.MARIADB);
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final CodeSigner signer =
            new CodeSigner(CodeKeys.parse("a key of thirty-two bytes - or so!"), "production");

    private final StoredQrCodes codes = new StoredQrCodes(
            db,
            new CodeRegister(db, signer, new CodeUrls("https://zg.example.cn"), clock),
            signer,
            new Press(List.of()),
            untouchable(Merchants.class),
            untouchable(Terminals.class),
            untouchable(Access.class),
            untouchable(AuditLog.class),
            untouchable(ApplicationEventPublisher.class),
            untouchable(TransactionOperations.class),
            clock);

    @Test
    void forged_truncated_flipped_and_foreign_codes_touch_nothing() {
        for (var wrong : wrong(signer.next())) {
            assertThat(codes.scanned(wrong)).as(wrong).isEqualTo(new Scanned.Forged());
            assertThatThrownBy(() -> codes.byCode(Actor.system("test"), wrong))
                    .as(wrong)
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void a_genuine_one_does_ask_the_database() {
        assertThatThrownBy(() -> codes.scanned(signer.next())).isInstanceOf(DetachedException.class);
    }

    private static List<String> wrong(String code) {
        var wrong = new ArrayList<String>();
        for (int i = 0; i < code.length(); i++) {
            wrong.add(code.substring(0, i));
            for (int bit = 0; bit < 16; bit++) {
                var flipped = code.toCharArray();
                flipped[i] ^= (char) (1 << bit);
                wrong.add(new String(flipped));
            }
        }
        wrong.add(code + "0");
        wrong.add(new CodeSigner(CodeKeys.parse("a key of thirty-two bytes - or so!"), "staging").next());
        wrong.add(new CodeSigner(CodeKeys.parse("another key of thirty-two bytes!!!"), "production").next());
        wrong.add(new CodeSigner(CodeKeys.parse("2:a key of thirty-two bytes - or so!"), "production").next());
        return wrong;
    }

    private static <T> T untouchable(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    throw new IllegalStateException("touched");
                }));
    }
}
