/**
 * What the cache costs, measured by JMH.
 */
@NullMarked
package io.modelcache.benchmarks;

import org.jspecify.annotations.NullMarked;
