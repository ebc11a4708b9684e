/**
 * The SPI for keeping bytes for a while.
 */
@NullMarked
package io.modelcache.store;

import org.jspecify.annotations.NullMarked;
