package dev.zhanggui.portal.database.internal;

/** The options every connection carries, on MySQL and MariaDB alike. */
final class ConnectionUrl {

    private static final String OPTIONS = "rewriteBatchedStatements=true&useServerPrepStmts=true&cachePrepStmts=true"
            + "&connectionTimeZone=%2B00:00&forceConnectionTimeZoneToSession=true&preserveInstants=false"
            + "&connectTimeout=2000&socketTimeout=10000&tcpKeepAlive=true"
            + "&sessionVariables=sql_mode='STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO',"
            + "transaction_isolation='READ-COMMITTED',group_concat_max_len=1000000";

    private ConnectionUrl() {}

    /** Adds our options to a URL; what the URL says itself comes later and wins. */
    static String complete(String url) {
        int question = url.indexOf('?');
        return question < 0
                ? url + "?" + OPTIONS
                : url.substring(0, question) + "?" + OPTIONS + "&" + url.substring(question + 1);
    }
}
