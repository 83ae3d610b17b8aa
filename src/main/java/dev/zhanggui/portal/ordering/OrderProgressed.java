package dev.zhanggui.portal.ordering;

/**
 * An order was placed or changed its state; published inside the transaction.
 *
 * @param reference of {@link NewOrder}: the application's number
 */
public record OrderProgressed(OrderId order, String reference, OrderState state) {}
