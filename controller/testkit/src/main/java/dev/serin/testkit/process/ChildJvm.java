package dev.serin.testkit.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JVM to start: the running JDK with this JVM's class path. Immutable; each `with` returns a copy.
///
/// ```java
/// try (ChildProcess operator = ChildJvm.of("dev.serin.operator.Main", folder)
///     .withEnvironment("KUBECONFIG", kubeconfig.toString()).start()) {
///   operator.awaitLine("ready", Duration.ofSeconds(20));
/// }
/// ```
///
/// @param mainClass
///          binary name of the class whose `main` runs
/// @param folder
///          gets `<simple name of the main class>.out` and `.err`; a second start appends
/// @param options
///          for the JVM, such as `-Xmx128m`
/// @param arguments
///          for `main`
/// @param environment
///          variables added to those of this JVM
public record ChildJvm(String mainClass, Path folder, List<String> options, List<String> arguments,
    Map<String, String> environment) {

  public ChildJvm {
    options = List.copyOf(options);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  public static ChildJvm of(String mainClass, Path folder) {
    return new ChildJvm(mainClass, folder, List.of(), List.of(), Map.of());
  }

  public ChildJvm withOption(String option) {
    return new ChildJvm(mainClass, folder, append(options, option), arguments, environment);
  }

  /// Adds a system property.
  public ChildJvm withProperty(String key, String value) {
    return withOption("-D" + key + "=" + value);
  }

  public ChildJvm withArgument(String argument) {
    return new ChildJvm(mainClass, folder, options, append(arguments, argument), environment);
  }

  public ChildJvm withEnvironment(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(key, value);
    return new ChildJvm(mainClass, folder, options, arguments, more);
  }

  /// Starts the JVM and returns at once; wait for a line of its output to know that it is ready.
  public ChildProcess start() {
    return ChildProcess.start(name(), folder, command(), environment);
  }

  /// As [#start()], for a `main` that reads what [ChildProcess#say(String)] writes.
  public ChildProcess startListening() {
    return ChildProcess.startListening(name(), folder, command(), environment);
  }

  private String name() {
    return mainClass.substring(mainClass.lastIndexOf('.') + 1);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }

  private static List<String> append(List<String> list, String element) {
    List<String> more = new ArrayList<>(list);
    more.add(element);
    return more;
  }
}
