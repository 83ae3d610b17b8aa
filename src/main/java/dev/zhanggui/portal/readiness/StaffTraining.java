package dev.zhanggui.portal.readiness;

import dev.zhanggui.portal.account.AccountId;
import dev.zhanggui.portal.account.Role;

/**
 * Where one member of the staff stands.
 *
 * @param phoneMasked 138****6688
 */
public record StaffTraining(AccountId account, String phoneMasked, Role role, TrainingStatus status) {}
