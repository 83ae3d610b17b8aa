package dev.zhanggui.portal.fakereport;

import dev.zhanggui.portal.shared.StoreId;
import org.jspecify.annotations.Nullable;

/** A report came in or moved on; published inside the transaction. */
public record FakeReportsChanged(
        FakeReportId report, @Nullable StoreId store) {}
