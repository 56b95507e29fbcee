@NullMarked
package dev.serin.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
