package io.modelcache.planted;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Lets JSON name any class.
 */
class TypedByJson {

	Object mapper() {
		return JsonMapper.builder().activateDefaultTyping(BasicPolymorphicTypeValidator.builder().build()).build();
	}

}
