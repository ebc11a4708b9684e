package io.modelcache.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * Starts the sample on a free port, with a stand-in provider that answers at once,
 * whatever keys the environment has.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.ai.openai.api-key=", "sample.provider.chat-delay=0ms",
				"sample.provider.embedding-delay=0ms", "sample.demo.enabled=false" })
@AutoConfigureRestTestClient
public @interface SampleTest {

}
