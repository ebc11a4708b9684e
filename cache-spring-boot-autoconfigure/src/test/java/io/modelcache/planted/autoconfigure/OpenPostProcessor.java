package io.modelcache.planted.autoconfigure;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * A post-processor that anybody can use.
 */
public class OpenPostProcessor implements BeanPostProcessor {

}
