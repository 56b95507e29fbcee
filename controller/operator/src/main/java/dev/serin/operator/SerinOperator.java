package dev.serin.operator;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running operator: as a program of its own, or inside another one such as the demo.
public final class SerinOperator implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SerinOperator.class);

  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final OperatorRuntime runtime;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SerinOperator(ApplicationContext context) {
    this.context = context;
    this.server = context.getBean(EmbeddedServer.class);
    this.runtime = context.getBean(OperatorRuntime.class);
  }

  /// Runs until SIGTERM. Settings come from the environment, such as `SERIN_HTTP_PORT`, or from arguments, such as
  /// `--serin.http-port=8080`; see [OperatorSettings].
  public static void main(String[] arguments) {
    var operator = start(builder().args(arguments));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("serin-shutdown").unstarted(() -> {
      operator.close();
      // An end that was asked for is no failure: without this a JVM reports 143.
      Runtime.getRuntime().halt(0);
    }));
  }

  /// Starts an operator in this process.
  ///
  /// @return once health and metrics are served and the informers are synced, or still trying after 30 s
  public static SerinOperator start(OperatorSettings settings) {
    return start(builder().properties(settings.properties()));
  }

  private static SerinOperator start(ApplicationContextBuilder builder) {
    var context = builder.start();
    try {
      var operator = new SerinOperator(context);
      // First the server, so that the probes tell how the start goes on.
      operator.server.start();
      operator.runtime.start();
      log.atInfo().addKeyValue("port", operator.port()).log("Operator started");
      return operator;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static ApplicationContextBuilder builder() {
    // Looking for clouds and environments costs start time and would only change defaults behind the administrator's back.
    return ApplicationContext.builder()
        .mainClass(SerinOperator.class)
        .banner(false)
        .deduceEnvironment(false)
        .deduceCloudEnvironment(false)
        .bootstrapEnvironment(false);
  }

  /// The port of health and metrics.
  public int port() {
    return server.getPort();
  }

  /// A part of this operator.
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// Drains the loop, then closes everything; see [OperatorRuntime#close()]. Closing twice is closing once.
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      log.atInfo().log("Operator stopping");
      runtime.close();
      context.close();
    }
  }
}
