/// The load generator: tenants that send real HTTP requests at a fixed rate, and the count of what came back.
@NullMarked
package dev.serin.sandbox.load;

import org.jspecify.annotations.NullMarked;
