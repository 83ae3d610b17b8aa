package dev.zhanggui.portal.demo;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Accounts;
import dev.zhanggui.portal.account.Actor;
import dev.zhanggui.portal.account.Role;
import dev.zhanggui.portal.shared.Phone;
import java.util.EnumSet;
import java.util.List;

/** The demo's staff, and the phones of its customers. */
@DemoOnly
class DemoPeople {

    static final Actor DEMO = Actor.system("demo");

    /** Everybody's password; the portal refuses to run the demo where it is not one. */
    static final String PASSWORD = "zhanggui-demo-2026";

    static final String OWNER = "13812346688";
    static final String MANAGER = "13812346699";
    static final String CASHIER = "13812346677";
    static final String OTHER_OWNER = "13912340001";
    static final String CHAIN_OWNER = "13912340101";
    static final String CHAIN_MANAGER = "13912340102";
    static final String CHAIN_CASHIER = "13912340103";
    static final String BANK_OWNER = "13912340201";
    static final String APPLICANT = "13612340000";

    record Staff(String login, String nickname, Role role) {}

    static final List<Staff> STAFF = List.of(
            new Staff("xiaosuanpan", "小算盘", Role.SERVICE),
            new Staff("maisui", "麦穗", Role.REVIEWER),
            new Staff("taoguan", "陶罐", Role.WAREHOUSE),
            new Staff("dazhanggui", "大掌柜", Role.ADMIN),
            new Staff("jingzi", "镜子", Role.AUDITOR));

    private final Accounts accounts;

    DemoPeople(Accounts accounts) {
        this.accounts = accounts;
    }

    void hire() {
        for (var staff : STAFF) {
            var created =
                    accounts.createStaff(DEMO, staff.login(), staff.nickname(), PASSWORD, EnumSet.of(staff.role()));
            if (created instanceof Accounts.StaffCreation.Invalid(var reason)) {
                throw new IllegalStateException("demo staff " + staff.login() + ": " + reason);
            }
        }
        accounts.ensurePerson(DEMO, phone(APPLICANT));
    }

    AccountId account(String number) {
        return accounts.ensurePerson(DEMO, phone(number));
    }

    Actor person(String number, Role role) {
        return Actor.person(account(number), "demo", EnumSet.of(Role.APPLICANT, role));
    }

    private static Phone phone(String number) {
        return Phone.check(number).orThrow();
    }
}
