package io.modelcache.sample.docs;

import java.io.OutputStream;
import java.net.URI;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

import org.jspecify.annotations.Nullable;

/**
 * Takes compiled classes and forgets them.
 */
final class NoClasses extends ForwardingJavaFileManager<StandardJavaFileManager> {

	NoClasses(StandardJavaFileManager files) {
		super(files);
	}

	@Override
	public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
			@Nullable FileObject sibling) {
		return new SimpleJavaFileObject(URI.create("nowhere:///" + className), kind) {

			@Override
			public OutputStream openOutputStream() {
				return OutputStream.nullOutputStream();
			}

		};
	}

}
