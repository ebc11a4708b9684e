/**
 * Counts what the caches do and what they save, and shows it as meters of Micrometer.
 */
@NullMarked
package io.modelcache.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
