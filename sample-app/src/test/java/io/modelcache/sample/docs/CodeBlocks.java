package io.modelcache.sample.docs;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles blocks of code, all in one run, and writes no class.
 */
public final class CodeBlocks {

	private static final List<String> OPTIONS = List.of("-proc:none", "-implicit:none", "-Xmaxerrs", "1000",
			"-classpath", System.getProperty("java.class.path"));

	private CodeBlocks() {
	}

	/**
	 * Compile blocks.
	 * @param blocks the blocks
	 * @return the faults, each with the page and the line where its block begins
	 */
	public static List<String> compile(List<CodeBlock> blocks) {
		Map<URI, CodeBlock> byAddress = new HashMap<>();
		List<JavaFileObject> sources = new ArrayList<>();
		for (CodeBlock block : blocks) {
			Source source = new Source("Block" + sources.size(), block);
			byAddress.put(source.toUri(), block);
			sources.add(source);
		}
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		NoClasses files = new NoClasses(compiler.getStandardFileManager(diagnostics, null, null));
		compiler.getTask(null, files, diagnostics, OPTIONS, null, sources).call();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map((diagnostic) -> fault(diagnostic, byAddress))
			.distinct()
			.toList();
	}

	private static String fault(Diagnostic<? extends JavaFileObject> diagnostic, Map<URI, CodeBlock> blocks) {
		JavaFileObject source = diagnostic.getSource();
		CodeBlock block = (source != null) ? blocks.get(source.toUri()) : null;
		String where = (block != null) ? block.page() + ":" + block.line() : "no block";
		return "%s: %s".formatted(where, diagnostic.getMessage(null));
	}

	/**
	 * The source of a class that is nowhere but here.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final String content;

		Source(String className, CodeBlock block) {
			super(URI.create("block:///io/modelcache/sample/store/" + className + ".java"), Kind.SOURCE);
			this.content = block.source(className);
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.content;
		}

	}

}
