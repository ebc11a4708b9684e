package io.modelcache.embedding;

import io.modelcache.key.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * What all inputs of one question have in common.
 *
 * @param fingerprint tells it from others
 * @param model the name of the model that is asked, or {@code null} if it is not known
 */
record ModelRequest(Fingerprint fingerprint, @Nullable String model) {

}
