# Sets JAVA_HOME to a JDK 25 or newer; sourced by ./run and ./check.
major_of() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'; }
find_jdk() {
  on_path=$(command -v javac 2>/dev/null || true)
  [ -n "$on_path" ] && on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  for home in "${SALLYPORT_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" \
      /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
      /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    [ -n "$home" ] || continue
    major=$(major_of "$home")
    [ -n "$major" ] && [ "$major" -ge 25 ] && { echo "$home"; return; }
  done
}
JAVA_HOME=$(find_jdk) || JAVA_HOME=
if [ -z "$JAVA_HOME" ]; then
  echo "Sallyport needs a JDK 25 or newer and found none: install one, or set SALLYPORT_JAVA_HOME to its folder." >&2
  exit 1
fi
export JAVA_HOME
