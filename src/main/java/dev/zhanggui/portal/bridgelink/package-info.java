/** The portal's end of the wire: authenticates bridges, hands out work, takes reports and activations. The only user of the contract. */
@NullMarked
package dev.zhanggui.portal.bridgelink;

import org.jspecify.annotations.NullMarked;
