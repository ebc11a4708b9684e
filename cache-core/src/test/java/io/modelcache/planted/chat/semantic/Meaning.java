package io.modelcache.planted.chat.semantic;

/**
 * What the semantic lookup would be.
 */
public class Meaning {

}
