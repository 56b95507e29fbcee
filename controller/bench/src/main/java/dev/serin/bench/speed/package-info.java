/// Time and memory of the judge, measured with JMH.
@NullMarked
package dev.serin.bench.speed;

import org.jspecify.annotations.NullMarked;
