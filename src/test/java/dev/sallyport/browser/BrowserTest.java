package dev.sallyport.browser;

import dev.sallyport.testing.RunningServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests that take a [RunningServer] and a [Console] as parameters.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({RunningServer.Extension.class, ConsoleExtension.class})
@interface BrowserTest {}
