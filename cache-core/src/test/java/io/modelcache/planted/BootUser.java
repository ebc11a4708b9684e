package io.modelcache.planted;

import org.springframework.boot.SpringApplication;

/**
 * Knows Spring Boot.
 */
class BootUser {

	Class<?> known() {
		return SpringApplication.class;
	}

}
