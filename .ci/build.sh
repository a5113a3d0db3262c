# What ./run and ./check share: the WAR, the class path of the launcher, and the server's folder.
# Sourced after jdk.sh, in the root of the checkout.
WAR=target/ROOT.war
BUILT=target/built
child=

stop_child() {
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || true
  [ -z "$child" ] || wait "$child" 2>/dev/null || true
  exit "$1"
}

# step LOG WORDS COMMAND...: runs it, says every ten seconds what it is at, and on failure why.
step() {
  log=$1 words=$2
  shift 2
  echo "$words"
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  seconds=0
  while kill -0 "$child" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    [ $((seconds % 10)) -ne 0 ] || echo "  ${seconds} s: $(tail -n 1 "$log" | cut -c 1-110)"
  done
  if wait "$child"; then child=; return 0; fi
  child=
  grep -E '^\[(ERROR|FATAL)\]' "$log" | head -n 30 >&2 || true
  echo "That failed: $words The log is $log" >&2
  return 1
}

# Directories count as well: a deleted file leaves no other trace. Not src/main itself, into which
# the console's build writes.
is_newer() { [ ! -e "$BUILT" ] || [ -n "$(find "$@" -newer "$BUILT" -print | head -n 1)" ]; }
is_war_stale() {
  [ ! -s "$WAR" ] || is_newer src/main/java src/main/resources src/main/webapp liquibase pom.xml
}
is_launcher_stale() {
  [ ! -s target/launcher.classpath ] || [ ! -d target/test-classes ] || is_newer src/test/java
}

# One build at a time in this checkout; the lock of a killed one does not count.
lock_build() {
  mkdir -p target
  until mkdir target/build.lock 2>/dev/null; do
    owner=$(cat target/build.lock/pid 2>/dev/null || true)
    if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then
      echo "Waiting for another build in this folder (process $owner) ..."
      sleep 5
    else
      rm -rf target/build.lock
    fi
  done
  echo $$ >target/build.lock/pid
}
unlock_build() { rm -rf target/build.lock; }

# The time stamp is that of the start, so that a change made meanwhile counts as newer.
begin_build() {
  mkdir -p target
  rm -f "$BUILT"
  touch "$BUILT.begun"
  rm -rf target/classes target/test-classes target/ROOT "$WAR"
}
end_build() { mv "$BUILT.begun" "$BUILT"; }

maven() { ./mvnw -B "$@"; }

build() {
  lock_build
  if is_war_stale || is_launcher_stale; then
    begin_build
    step target/log/build.log "Building (the first time takes minutes: it downloads) ..." \
      maven -Plauncher -DskipTests package || { unlock_build; return 1; }
    end_build
  fi
  unlock_build
}

checksum() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }

# Outside target/, because "clean" would delete it under a running server.
server_home() {
  find src/main/wildfly -type f | LC_ALL=C sort | { cat; echo pom.xml; } | while read -r file; do
    cat "$file"
  done | { cat; "$JAVA_HOME/bin/java" -version 2>&1; } | checksum \
    | sed "s|^\(................\).*|$PWD/.data/server/\1|"
}

provision() {
  SERVER_HOME=$(server_home)
  [ ! -d "$SERVER_HOME" ] || return 0
  lock_build
  rm -rf target/server
  step target/log/server.log "Provisioning WildFly (the first time takes a minute: it downloads) ..." \
    maven -Pserver dependency:copy@jdbc-driver wildfly:package -Dserver.dir=server \
    || { unlock_build; return 1; }
  cp src/main/wildfly/bin/* target/server/bin/
  (umask 077; mkdir -p .data)
  mkdir -p .data/server
  [ -d "$SERVER_HOME" ] || mv target/server "$SERVER_HOME"
  unlock_build
  # Others may still run from the one or two before.
  ls -1dt .data/server/* | tail -n +4 | while read -r old; do rm -rf "$old"; done
}

# A copy of the launcher's classes, because the next build replaces the original while this one runs.
copy_classes() {
  for old in .data/launcher/*; do
    kill -0 "$(basename "$old")" 2>/dev/null || rm -rf "$old"
  done
  mkdir -p "$1"
  cp -R target/test-classes target/classes "$1"
}

# launcher CALLER ARGUMENTS...: replaces this shell. env undoes an ignored SIGINT, which a shell
# gives to what it starts in the background and which Java would keep.
launcher() {
  classes=.data/launcher/$$
  copy_classes "$classes"
  export CLASSPATH="$classes/test-classes:$classes/classes:$(cat target/launcher.classpath)"
  caller=$1
  shift
  plain_env=env
  env --default-signal=INT true 2>/dev/null && plain_env="env --default-signal=INT"
  exec $plain_env "$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dslf4j.internal.verbosity=ERROR "-Dsallyport.caller=$caller" \
    "-Dsallyport.server=$SERVER_HOME" dev.sallyport.launcher.Launcher "$@"
}
