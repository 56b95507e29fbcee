package dev.serin.sandbox.api.patch;

import static dev.serin.sandbox.support.Manifests.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergeTest {

  @ParameterizedTest(name = "{0}")
  @DisplayName("A strategic merge patch")
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      merges containers by name      | {containers: [{name: 'a', image: 'a:1'}, {name: 'b'}]} | {containers: [{name: 'a', image: 'a:2'}]} | {containers: [{name: 'a', image: 'a:2'}, {name: 'b'}]}
      adds what is not there         | {env: [{name: 'A'}]} | {env: [{name: 'B'}]} | {env: [{name: 'A'}, {name: 'B'}]}
      deletes an element             | {env: [{name: 'A'}, {name: 'B'}]} | {env: [{name: 'A', $patch: 'delete'}]} | {env: [{name: 'B'}]}
      deletes what is not there      | {env: [{name: 'B'}]} | {env: [{name: 'A', $patch: 'delete'}]} | {env: [{name: 'B'}]}
      replaces a list                | {env: [{name: 'A'}]} | {env: [{$patch: 'replace'}, {name: 'B'}]} | {env: [{name: 'B'}]}
      replaces an object             | {labels: {a: '1'}} | {labels: {$patch: 'replace', b: '2'}} | {labels: {b: '2'}}
      deletes an object's content    | {labels: {a: '1'}} | {labels: {$patch: 'delete'}} | {labels: {}}
      keeps only retained keys       | {strategy: {type: 'RollingUpdate', rollingUpdate: {}}} | {strategy: {$retainKeys: ['type'], type: 'Recreate'}} | {strategy: {type: 'Recreate'}}
      removes a field by null        | {a: 1, b: 2} | {a: null} | {b: 2}
      unites finalizers              | {finalizers: ['a']} | {finalizers: ['a', 'b']} | {finalizers: ['a', 'b']}
      deletes from a primitive list  | {finalizers: ['a', 'b']} | {$deleteFromPrimitiveList/finalizers: ['a']} | {finalizers: ['b']}
      orders elements                | {env: [{name: 'A'}, {name: 'B'}]} | {$setElementOrder/env: [{name: 'B'}, {name: 'A'}], env: [{name: 'B', value: '1'}]} | {env: [{name: 'B', value: '1'}, {name: 'A'}]}
      replaces lists without key     | {command: ['a', 'b']} | {command: ['c']} | {command: ['c']}
      merges conditions by type      | {conditions: [{type: 'Ready', status: 'False'}]} | {conditions: [{type: 'Ready', status: 'True'}]} | {conditions: [{type: 'Ready', status: 'True'}]}
      """)
  void merges(String name, String live, String patch, String expected) {
    var quoted = patch.replaceAll("(\\$[A-Za-z]+/[a-z]+):", "'$1':");

    assertThat(new StrategicMerge(ListShapes.builtIn()).apply(object(live), object(quoted))).as(name)
        .isEqualTo(object(expected));
  }
}
