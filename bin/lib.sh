# Shared by bin/run, bin/test and bin/bench. Sourced, not run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

fail() { printf '\n%s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*"; }

# JDK 25: JAVA_HOME if it is one, else one under /usr/lib/jvm (or ZHANGGUI_JVMS), else the javac on the path.
pick_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "${ZHANGGUI_JVMS:-/usr/lib/jvm}"/*25* "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /)")")")"; do
    if [ -x "$candidate/bin/javac" ] && "$candidate/bin/javac" -version 2>&1 | grep -q '^javac 25'; then
      export JAVA_HOME=$candidate PATH=$candidate/bin:$PATH
      return
    fi
  done
  fail "Zhanggui needs a JDK 25 (a JRE is not enough). Install one, for example Eclipse Temurin 25, under /usr/lib/jvm
or set JAVA_HOME to it, and start again."
}

pick_maven() {
  command -v mvn >/dev/null || fail "Maven is missing. Install it (Debian: apt-get install maven) and start again."
}

# Quiet Maven: what it says goes to a log, shown only when it fails.
maven() {
  local log=$1; shift
  mkdir -p "$(dirname "$log")"
  mvn -B -q "$@" >"$log" 2>&1 || {
    grep -vE '^WARNING|^\s*$' "$log" | tail -40 >&2
    fail "The build failed; all of what it said is in $log"
  }
}

# True when something in the sources is newer than the stamp.
stale() {
  local stamp=$1; shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -type f -not -path '*/target/*' -not -path '*/generated/*' -not -name index.html -print -quit)" ]
}

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Builds the bridge and the virtual terminals, if they changed.
build_bridge() {
  local bridge_stamp=device-bridge/target/built-bridge
  if [ "${ZHANGGUI_BUILD:-yes}" = yes ] && stale "$bridge_stamp" device-bridge/src/main device-bridge/src/contract/java device-bridge/pom.xml; then
    pick_maven
    say "  building the device bridge …"
    rm -rf device-bridge/target/classes # a class whose source is gone must not live on
    maven device-bridge/target/build.log -f device-bridge/pom.xml package -DskipTests -Dquick
    touch "$bridge_stamp"
  fi
}

# Builds what changed: both jars, then the unpacked portal. With ZHANGGUI_BUILD=no it takes the jars as they are: the browser
# tests run between Maven's package and verify, and must not have the jar replaced under them.
build() {
  local portal_stamp=target/built-portal
  local build=${ZHANGGUI_BUILD:-yes}
  build_bridge
  if [ "$build" = yes ] && stale "$portal_stamp" src/main sql frontend pom.xml device-bridge/src/contract/java; then
    pick_maven
    say "  building the portal (about a minute the first time) …"
    rm -rf target/classes
    maven target/build.log package -DskipTests -Dquick
    touch "$portal_stamp"
  fi
  if [ ! -e target/run/unpacked ] || [ -n "$(find target -maxdepth 1 -name 'portal-*.jar' -newer target/run/unpacked)" ]; then
    rm -rf target/run
    java -Djarmode=tools -jar target/portal-*.jar extract --destination target/run >/dev/null
    mv target/run/portal-*.jar target/run/portal.jar
    touch target/run/unpacked
  fi
}

portal_class_path() { echo "target/run/portal.jar:$(echo target/embedded/*.jar | tr ' ' ':')"; }
# bridge_class_path TARGET: of the bridge and the terminals that were built there
bridge_class_path() { echo "$1/device-bridge.jar:$1/lib/*"; }
