package io.modelcache.planted;

/**
 * What the listener would be.
 */
public interface CacheListener {

}
