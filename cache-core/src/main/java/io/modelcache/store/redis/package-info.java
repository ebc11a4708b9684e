/**
 * Bytes kept in Redis, Valkey or whatever speaks their protocol, by Spring Data Redis.
 */
@NullMarked
package io.modelcache.store.redis;

import org.jspecify.annotations.NullMarked;
