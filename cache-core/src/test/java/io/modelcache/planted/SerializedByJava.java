package io.modelcache.planted;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

/**
 * Reads what Java wrote.
 */
class SerializedByJava {

	Object read(InputStream bytes) throws IOException, ClassNotFoundException {
		return new ObjectInputStream(bytes).readObject();
	}

}
