/// Stories of people and delivery tools that write to the user's Deployment while Serin holds it.
@NullMarked
package dev.serin.e2e.story.delivery;

import org.jspecify.annotations.NullMarked;
