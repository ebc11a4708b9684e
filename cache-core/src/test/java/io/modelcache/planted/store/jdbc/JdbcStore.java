package io.modelcache.planted.store.jdbc;

/**
 * What another store would be.
 */
public class JdbcStore {

}
