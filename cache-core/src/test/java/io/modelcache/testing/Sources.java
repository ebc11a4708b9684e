package io.modelcache.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;

/**
 * Reads source files, for what class files do not tell.
 */
public final class Sources {

	private Sources() {
	}

	/**
	 * Find the packages and types without Javadoc.
	 * @param root the folder to look below
	 * @return their names, in order
	 * @throws IOException if a file cannot be read
	 */
	public static List<String> withoutJavadoc(Path root) throws IOException {
		List<Path> files = javaFiles(root);
		if (files.isEmpty()) {
			return List.of();
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null,
					manager.getJavaFileObjectsFromPaths(files));
			Undocumented undocumented = new Undocumented(DocTrees.instance(task));
			undocumented.scan(task.parse(), null);
			return undocumented.names.stream().sorted().toList();
		}
	}

	private static List<Path> javaFiles(Path root) throws IOException {
		if (Files.notExists(root)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	/**
	 * Collects the packages and types that nobody described.
	 */
	private static final class Undocumented extends TreePathScanner<Void, Void> {

		private final List<String> names = new ArrayList<>();

		private final DocTrees docs;

		Undocumented(DocTrees docs) {
			this.docs = docs;
		}

		@Override
		public Void visitPackage(PackageTree tree, Void unused) {
			String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
			if (file.endsWith("package-info.java") && isUndocumented()) {
				this.names.add(tree.getPackageName().toString());
			}
			return super.visitPackage(tree, unused);
		}

		@Override
		public Void visitClass(ClassTree type, Void unused) {
			if (isMember(getCurrentPath()) && isUndocumented()) {
				this.names.add(qualified(getCurrentPath()));
			}
			return super.visitClass(type, unused);
		}

		private boolean isUndocumented() {
			String doc = this.docs.getDocComment(getCurrentPath());
			return doc == null || doc.isBlank();
		}

		private boolean isMember(TreePath path) {
			Tree parent = path.getParentPath().getLeaf();
			return parent instanceof CompilationUnitTree || parent instanceof ClassTree;
		}

		private String qualified(TreePath path) {
			String name = ((ClassTree) path.getLeaf()).getSimpleName().toString();
			boolean nested = path.getParentPath().getLeaf() instanceof ClassTree;
			return nested ? qualified(path.getParentPath()) + "." + name : name;
		}

	}

}
