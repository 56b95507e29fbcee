/// Files that people write in YAML, read strictly: what nobody understands is refused, with its place in the file.
@NullMarked
package dev.serin.sandbox.yaml;

import org.jspecify.annotations.NullMarked;
