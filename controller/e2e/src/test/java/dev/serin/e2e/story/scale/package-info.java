/// Stories about sizes: autoscalers and people who scale, Deployments of none, one and forty pods.
@NullMarked
package dev.serin.e2e.story.scale;

import org.jspecify.annotations.NullMarked;
