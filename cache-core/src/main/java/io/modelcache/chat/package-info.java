/**
 * Caching of chat models.
 */
@NullMarked
package io.modelcache.chat;

import org.jspecify.annotations.NullMarked;
