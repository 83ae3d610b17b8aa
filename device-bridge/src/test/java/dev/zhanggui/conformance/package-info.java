/** The suite judged by terminals of which it is known what they do. */
package dev.zhanggui.conformance;
