package io.modelcache.planted.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * An auto-configuration with something to call.
 */
@AutoConfiguration
public final class TalkativeAutoConfiguration {

	public String talk() {
		return "";
	}

}
