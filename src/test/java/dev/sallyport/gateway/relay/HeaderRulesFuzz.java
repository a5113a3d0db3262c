package dev.sallyport.gateway.relay;

import dev.sallyport.fuzz.Holds;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// A header's name is read alike however it is spelled: no case and no `_` gets one through.
public final class HeaderRulesFuzz {
  private HeaderRulesFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
      return; // no header's name or value
    }
    boolean passes = HeaderRules.REQUEST.passes(new HttpString(text));
    if (text.chars().allMatch(c -> c < 0x80)) {
      String upper = text.toUpperCase(Locale.ROOT);
      Holds.that(passes == HeaderRules.REQUEST.passes(new HttpString(upper)), "in any case");
    }
    String hyphens = text.replace('_', '-');
    Holds.that(!passes || HeaderRules.REQUEST.passes(new HttpString(hyphens)), "with hyphens");
    Holds.that(!HeaderRules.REQUEST.passes(new HttpString("X-User" + text)), "whatever follows");
    HeaderMap headers = new HeaderMap();
    headers.put(Headers.CONNECTION, text);
    Set<String> named = HeaderRules.connectionNamed(headers);
    Holds.that(
        named == null || named.stream().allMatch(name -> name.indexOf(',') < 0), "single names");
  }
}
