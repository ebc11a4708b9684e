package io.modelcache.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;

import io.modelcache.store.StoreHealth;

/**
 * What the endpoint shows of all models.
 *
 * @param models the models by the names of their beans
 * @param stores the stores that can be slow, and whether they are asked at the moment
 */
record CacheReport(Map<String, ModelReport> models, List<StoreHealth> stores) {

}
