package io.modelcache;

import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

/**
 * Calls and method references that {@link CoreHabit} looks for.
 */
final class Accesses {

	private static final Set<String> HASHES = Set.of("hash", "hashCode", "deepHashCode", "identityHashCode");

	private Accesses() {
	}

	static DescribedPredicate<JavaAccess<?>> askTheSystemForTheTime() {
		return DescribedPredicate.describe("asks the system for the time", (access) -> {
			boolean builder = access.getOriginOwner().getSimpleName().endsWith("Builder");
			return isSystemTime(access) && !(builder && access.getName().startsWith("system"));
		});
	}

	private static boolean isSystemTime(JavaAccess<?> access) {
		String name = access.getName();
		return switch (access.getTargetOwner().getName()) {
			case "java.lang.System" -> name.equals("currentTimeMillis");
			case "java.time.Clock", "java.time.InstantSource" ->
				name.startsWith("system") || name.matches("tick(Millis|Seconds|Minutes)");
			case "java.util.Date" -> name.equals("<init>") && parameters(access).isEmpty();
			case "java.util.Calendar" -> name.equals("getInstance");
			default -> name.equals("now") && access.getTargetOwner().getPackageName().startsWith("java.time")
					&& parameters(access).stream().noneMatch((type) -> type.isAssignableTo("java.time.InstantSource"));
		};
	}

	static DescribedPredicate<JavaAccess<?>> turnOnDefaultTyping() {
		return DescribedPredicate.describe("turns on default typing",
				(access) -> access.getName().matches("(activate|enable)DefaultTyping.*"));
	}

	/**
	 * A {@code hashCode} method may ask for others. A {@code switch} over strings asks in
	 * secret, so {@link String#hashCode()} only counts where keys are made.
	 */
	static DescribedPredicate<JavaAccess<?>> askForAHashCode(String root) {
		return DescribedPredicate.describe("asks for a hash code", (access) -> HASHES.contains(access.getName())
				&& access.getTarget() instanceof CodeUnitAccessTarget
				&& !access.getOrigin().getName().equals("hashCode")
				&& (!access.getTargetOwner().isEquivalentTo(String.class) || makesKeys(access.getOriginOwner(), root)));
	}

	private static boolean makesKeys(JavaClass type, String root) {
		return type.getPackageName().startsWith(root + ".key")
				|| type.getSimpleName().matches(".*(Fingerprinter|Form)");
	}

	private static List<JavaClass> parameters(JavaAccess<?> access) {
		return (access.getTarget() instanceof CodeUnitAccessTarget target) ? target.getRawParameterTypes() : List.of();
	}

}
