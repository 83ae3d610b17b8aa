package dev.zhanggui.portal.acceptance;

import java.util.Optional;

/** What stores tell everybody. Public by purpose: whoever has the address may know when the store is open. */
public interface Storefronts {

    /** Reads everything anew. Empty for what is no store; whether it never was one, nobody is told. */
    Optional<Storefront> find(String publicId);

    /** Where the store's hours can be read by everybody: {@code <public url>/s/<public id>}. */
    String address(String publicId);
}
