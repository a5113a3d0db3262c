package dev.sallyport.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.config.Settings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.SessionCookieConfig;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewCookieTest {
  private static Map<String, Object> cookie(String publicUrl, String sameSite) {
    var view = new ViewCookie();
    view.settings =
        Settings.read(
            Map.of(
                "SALLYPORT_PUBLIC_URL",
                publicUrl,
                "SALLYPORT_MASTER_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "SALLYPORT_CONSOLE_COOKIE_SAME_SITE",
                sameSite));
    var config = new HashMap<String, Object>();
    view.contextInitialized(new ServletContextEvent(context(config)));
    return config;
  }

  private static ServletContext context(Map<String, Object> config) {
    SessionCookieConfig cookie =
        proxy(
            SessionCookieConfig.class,
            (name, arguments) ->
                name.equals("setAttribute")
                    ? config.put((String) arguments[0], arguments[1])
                    : config.put(name, arguments[0]));
    return proxy(ServletContext.class, (name, arguments) -> cookie);
  }

  private interface Called {
    Object by(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Called called) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> called.by(method.getName(), arguments)));
  }

  @Test
  void cookieWhenTheSiteIsHttpsThenSecure() {
    assertThat(cookie("https://gw.example", "Strict"))
        .containsEntry("setSecure", true)
        .containsEntry("SameSite", "Strict");
  }

  @Test
  void cookieWhenTheSiteIsPlainOnLoopbackThenNot() {
    assertThat(cookie("http://127.0.0.1:8080", "Lax"))
        .containsEntry("setSecure", false)
        .containsEntry("SameSite", "Lax");
  }
}
