package io.modelcache.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcUrl}.
 */
class JdbcUrlTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			jdbc:h2:mem:x,                                true
			jdbc:h2:file:./x,                             true
			jdbc:h2:file:./x;AUTO_SERVER=FALSE,           true
			jdbc:sqlite:x.db,                             true
			jdbc:h2:file:./x;AUTO_SERVER=TRUE,            false
			jdbc:h2:./x;MODE=MySQL;auto_server=true,      false
			jdbc:h2:file:./x;Auto_Server=True;TRACE=0,    false
			jdbc:h2:tcp://127.0.0.1/x,                    false
			jdbc:h2:ssl://127.0.0.1/x,                    false
			jdbc:postgresql://127.0.0.1/x,                false
			""")
	void aDatabaseOfThisProcessIsToldFromAServer(String url, boolean inProcess) {
		assertThat(JdbcUrl.isInProcess(url)).isEqualTo(inProcess);
	}

}
