package io.modelcache.planted;

/**
 * What a part of the engine would be.
 */
public class Engine {

}
