/// What is known of a Rollout's signatures: who counted what, in a form that merges, folds and resumes exactly.
@NullMarked
package dev.serin.signature.state;

import org.jspecify.annotations.NullMarked;
