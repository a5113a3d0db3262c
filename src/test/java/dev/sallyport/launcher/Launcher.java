package dev.sallyport.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What `./run` starts once everything is built.
public final class Launcher {
  private static final Logger ROOT = Logger.getLogger("");

  private Launcher() {}

  /// Runs until it is stopped, or until the server ends by itself.
  public static void main(String[] arguments) throws InterruptedException {
    ROOT.setLevel(Level.SEVERE);
    try {
      run(List.of(arguments));
    } catch (LaunchFailedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (RuntimeException | Error e) {
      // The demo's threads would keep a process alive that has given up.
      ROOT.log(Level.SEVERE, "The launcher has failed.", e);
      System.exit(1);
    }
  }

  private static void run(List<String> arguments) throws InterruptedException {
    long begin = System.nanoTime();
    Checkout checkout = Checkout.current();
    Path caller = Path.of(System.getProperty("sallyport.caller", ""));
    LaunchOptions options = LaunchOptions.parse(arguments, caller, checkout.standardData());
    RunningStack stack = new RunningStack(options, checkout);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
    try {
      RunningStack.Started started = stack.start();
      long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
      Progress.say(new Greeting(started).text(seconds));
      stack.awaitEnd();
    } catch (RuntimeException e) {
      if (!stack.isClosing()) {
        throw e;
      }
    }
    if (stack.isClosing()) {
      // The process ends when the hook is done; what failed meanwhile failed because of it.
      Thread.sleep(Duration.ofMinutes(1));
    }
    throw new LaunchFailedException("The server has ended by itself; see its log.");
  }

  private static void stop(RunningStack stack) {
    if (stack.isRunning()) {
      Progress.say("Stopping ...");
    }
    stack.close();
  }
}
