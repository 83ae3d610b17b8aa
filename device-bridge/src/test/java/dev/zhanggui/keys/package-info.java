/** The ceremony, tried. */
package dev.zhanggui.keys;
