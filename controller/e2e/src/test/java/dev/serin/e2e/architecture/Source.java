package dev.serin.e2e.architecture;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java file of the repository.
///
/// @param path
///          relative to the repository
/// @param types
///          number of top-level types
/// @param emptyCatches
///          lines of catch blocks that do nothing
record Source(Path path, String text, List<Method> methods, int types, List<Long> emptyCatches) {

  /// @param lines
  ///          from the first modifier to the closing brace
  /// @param parameters
  ///          0 for a constructor of a record
  record Method(String name, long lines, int parameters) {}

  static final Path REPOSITORY = repository();

  /// All Java files of all modules.
  static List<Source> all() {
    try (Stream<Path> controller = Files.walk(REPOSITORY.resolve("controller"));
        Stream<Path> crds = Files.walk(REPOSITORY.resolve("crds"))) {
      return Stream.concat(controller, crds).filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/")).map(Source::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list sources", e);
    }
  }

  boolean main() {
    return path.toString().contains("/src/main/");
  }

  long lineCount() {
    return text.lines().count();
  }

  /// The folder, relative to the repository.
  String folder() {
    String name = path.toString();
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  boolean packageInfo() {
    return path.endsWith("package-info.java");
  }

  private static Source read(Path file) {
    try {
      return parse(REPOSITORY.relativize(file), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Source parse(Path path, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + path.getFileName()),
        SimpleJavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, List.of(file));
    CompilationUnitTree unit = task.parse().iterator().next();
    Scan scan = new Scan(unit, Trees.instance(task));
    scan.scan(unit, unit.getLineMap());
    return new Source(path, text, scan.methods, unit.getTypeDecls().size(), scan.emptyCatches);
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      folder = Objects.requireNonNull(folder.getParent(), "not inside of the repository");
    }
    return folder;
  }

  private static final class Scan extends TreePathScanner<Void, LineMap> {

    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<Method> methods = new ArrayList<>();
    private final List<Long> emptyCatches = new ArrayList<>();

    Scan(CompilationUnitTree unit, Trees trees) {
      this.unit = unit;
      this.trees = trees;
    }

    @Override
    public Void visitMethod(MethodTree method, LineMap lines) {
      long first = firstLine(method, lines);
      long last = lines.getLineNumber(trees.getSourcePositions().getEndPosition(unit, method));
      // A record is what too many parameters become.
      boolean ofRecord = getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
      boolean constructor = method.getName().contentEquals("<init>");
      int parameters = ofRecord && constructor ? 0 : method.getParameters().size();
      methods.add(new Method(method.getName().toString(), last - first + 1, parameters));
      return super.visitMethod(method, lines);
    }

    @Override
    public Void visitCatch(CatchTree block, LineMap lines) {
      if (block.getBlock().getStatements().isEmpty()) {
        emptyCatches.add(firstLine(block, lines));
      }
      return super.visitCatch(block, lines);
    }

    private long firstLine(Tree tree, LineMap lines) {
      return lines.getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }
  }
}
