package io.modelcache.autoconfigure.endpoint;

/**
 * What an eviction did, or would do.
 *
 * @param entries how many entries are gone, or would be
 * @param dryRun whether they are still there
 */
record EvictionReport(long entries, boolean dryRun) {

}
