/// What tests of the API server and of the controllers share.
@NullMarked
package dev.serin.sandbox.support;

import org.jspecify.annotations.NullMarked;
