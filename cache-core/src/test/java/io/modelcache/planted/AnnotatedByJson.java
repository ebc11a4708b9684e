package io.modelcache.planted;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Lets JSON name a class.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
class AnnotatedByJson {

}
