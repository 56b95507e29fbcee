/// Tenants by their keyed hashes: whom an error hits, without anybody's name.
@NullMarked
package dev.serin.signature.tenant;

import org.jspecify.annotations.NullMarked;
