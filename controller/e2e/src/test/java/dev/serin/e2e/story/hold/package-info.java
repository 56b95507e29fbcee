/// Stories about what keeps a new template from rolling before it is judged.
@NullMarked
package dev.serin.e2e.story.hold;

import org.jspecify.annotations.NullMarked;
