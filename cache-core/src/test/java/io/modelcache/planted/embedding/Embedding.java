package io.modelcache.planted.embedding;

/**
 * What the other room would be.
 */
public class Embedding {

}
