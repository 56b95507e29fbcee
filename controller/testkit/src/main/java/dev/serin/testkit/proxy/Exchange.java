package dev.serin.testkit.proxy;

import dev.serin.testkit.proxy.Connection.Incoming;
import dev.serin.testkit.proxy.Connection.Reply;
import dev.serin.testkit.proxy.Traced.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// One request that was let in, from its arrival to its end.
final class Exchange {

  private static final int ALL_LINES = Integer.MAX_VALUE;

  private final Ledger ledger;
  private final Upstream upstream;
  private final Connection connection;
  private final Ledger.Arrival arrival;
  private final Runnable cutAll;

  /// @param cutAll
  ///          cuts every connection of the client
  Exchange(Ledger ledger, Upstream upstream, Connection connection, Ledger.Arrival arrival, Runnable cutAll) {
    this.ledger = ledger;
    this.upstream = upstream;
    this.connection = connection;
    this.arrival = arrival;
    this.cutAll = cutAll;
  }

  /// Does what is planned for this request, and returns when it is over.
  void run(Incoming incoming) {
    Action action = arrival.fault().action();
    boolean whole = false;
    try {
      whole = performs(action, incoming);
    } finally {
      // Before the cut: who sees that must find this in the trace.
      settle(new Outcome.Unanswered());
      if (!whole) {
        connection.cut();
      }
      if (action instanceof Action.Kill) {
        cutAll.run();
        ledger.die(arrival);
      }
    }
  }

  /// Answers false when the client hung up or the server broke off: the cut shows it to the other side.
  private boolean performs(Action action, Incoming incoming) {
    try {
      perform(action, incoming);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void perform(Action action, Incoming incoming) throws IOException {
    switch (action) {
      case Action.PassOn() -> {
        deliver(ask(incoming));
        happened();
      }
      case Action.KillBefore() -> settle(new Outcome.Withheld());
      case Action.KillLosingReply() -> ask(incoming).body().close();
      case Action.KillAfter() -> deliver(ask(incoming));
      case Action.Delay(var time) -> passOnAfter(timer(time.toNanos()), incoming);
      case Action.Hold(var release) -> passOnAfter(release, incoming);
      case Action.Blackhole() -> {
        settle(new Outcome.Withheld());
        happened();
        connection.awaitCut();
      }
      case Action.CutBeforeCommit() -> {
        settle(new Outcome.Withheld());
        cutConnection();
      }
      case Action.CutAfterCommit() -> {
        ask(incoming).body().close();
        cutConnection();
      }
      case Action.Answer answer -> {
        settle(new Outcome.MadeUp(answer.code()));
        deliver(Reply.madeUp(answer));
        happened();
      }
      case Action.Silence(var afterLines) -> {
        if (!connection.send(ask(incoming), afterLines)) {
          happened();
          connection.awaitCut();
        }
      }
      case Action.Cut(var afterLines) -> {
        if (!connection.send(ask(incoming), afterLines)) {
          cutConnection();
        }
      }
      case Action.Frozen(var resourceVersion) -> freeze(new FrozenRead(resourceVersion), incoming);
    }
  }

  private Reply ask(Incoming incoming) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> answer = upstream.send(incoming);
    if (!incoming.request().changing()) {
      // A change is not called back: nobody could say then whether the server did it.
      connection.onCut(() -> answer.cancel(true));
    }
    try {
      Reply reply = Upstream.reply(answer.join());
      settle(new Outcome.Answered(reply.code()));
      connection.onCut(() -> close(reply.body()));
      return reply;
    } catch (CompletionException | CancellationException e) {
      throw new IOException("no answer to " + incoming.request(), e);
    }
  }

  private void deliver(Reply reply) throws IOException {
    if (!connection.send(reply, ALL_LINES)) {
      connection.awaitCut();
    }
  }

  private void passOnAfter(CompletableFuture<?> release, Incoming incoming) throws IOException {
    happened();
    if (connection.openAfter(release)) {
      deliver(ask(incoming));
    } else {
      settle(new Outcome.Withheld());
    }
  }

  private void freeze(FrozenRead past, Incoming incoming) throws IOException {
    if (FrozenRead.possible(incoming.request())) {
      deliver(past.reply(incoming.request(), ask(past.of(incoming))));
      happened();
    } else {
      deliver(ask(incoming));
    }
  }

  private void cutConnection() {
    connection.cut();
    happened();
  }

  private void happened() {
    arrival.fault().happen(ledger.current(arrival.traced()));
  }

  private void settle(Outcome outcome) {
    ledger.settle(arrival.traced(), outcome);
  }

  private static CompletableFuture<?> timer(long nanos) {
    return new CompletableFuture<>().completeOnTimeout(new Object(), nanos, TimeUnit.NANOSECONDS);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the client's answer cannot be dropped", e);
    }
  }
}
