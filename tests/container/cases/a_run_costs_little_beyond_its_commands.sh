# A step of ten services whose deploy does nothing, beside its floor: the start of a container, four writes
# that are each made durable, and the command alone. One run, each in turn, the quickest of many: what a
# neighbour does meanwhile can only add. The figures go to docs/performance.md by the file $COSTS.
need c++
for tool in floors measure; do
  c++ -std=c++20 -O2 -static -o "$tool" "$CASES/../bench/$tool.cc" -lcrypto || fail "$tool does not compile"
done
mkdir tree && cd tree || exit 1
# shellcheck disable=SC2046
tree $(printf 'service%s ' 0 1 2 3 4 5 6 7 8 9)
cd ..
printf 'FROM scratch\nCOPY --from=%s /bin/busybox /busybox\n' "$IMAGE" |
  docker build --quiet --tag backstep-test:busybox - >out 2>&1 || fail "no image of busybox alone"

# timed NAME COMMAND…: the name, and how many microseconds the command took.
cat >timed.sh <<'END'
timed() {
  name=$1
  shift
  set -- $("$tools/measure" 3 "$@" 3>&1 >/dev/null)
  [ "${3-}" = 0 ] || { echo "$name failed" >&2 && exit 1; }
  echo "$name $(($1 / 1000))"
}
END
cat >inside.sh <<'END'
tools=/given
. /given/timed.sh
for turn in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
  timed "$1" backstep run --deploy true
  timed "$1_floor" /given/floors step sh -ec true
  [ "$1" = memory ] || continue
  timed generating backstep run --generate true --deploy true
  timed alone sh -ec true
done
END
box="docker run --rm --network none -v $PWD:/given:ro"
on_disk="$box -v $PWD/tree:/tree -w /tree"
# shellcheck disable=SC2034 # for timed.sh
tools=$PWD
# shellcheck source=/dev/null
. ./timed.sh
# shellcheck disable=SC2086 # the words of a command
(
  for _ in 0 1 2 3 4 5 6 7 8 9; do
    timed start docker run --rm --network none backstep-test:busybox /busybox true
    timed version docker run --rm --network none "$IMAGE" version
    timed step $on_disk "$IMAGE" run --deploy true
    timed floor $on_disk --entrypoint /given/floors "$IMAGE" step sh -ec true
  done
) >taken 2>out || fail "a container failed"
# shellcheck disable=SC2086
$on_disk --entrypoint sh "$IMAGE" /given/inside.sh inside >>taken 2>out || fail "a run inside a container failed"

quickest() { sort -n -k 2 taken | sed -n "s/^$1 //p" | head -n 1; }
for _ in 0 1 2 3 4; do # again, where a neighbour disturbed all of one kind
  # shellcheck disable=SC2086
  $box --tmpfs /memory --entrypoint sh "$IMAGE" -c \
    'cp -r /given/tree/services /memory && cd /memory && . /given/inside.sh memory' >>taken 2>out ||
    fail "a run in memory failed"
  beyond=$(($(quickest memory) - $(quickest alone)))
  command=$(($(quickest generating) - $(quickest memory) - $(quickest alone)))
  # On a machine that is slower than ours: as much as starting the command takes.
  most=$(quickest alone)
  [ "$most" -gt 1200 ] || most=1200
  [ "$command" -gt "$most" ] || break
done
{
  for what in start version step floor inside inside_floor memory memory_floor; do
    echo "$what $(quickest "$what")"
  done
  echo "command $command"
  echo "alone $(quickest alone)"
} | tee "${COSTS:-/dev/null}"
[ $((2 * $(quickest step))) -le $((3 * $(quickest floor))) ] || fail "a step takes more than 1.5 times its floor"
[ "$command" -le "$most" ] || fail "a command takes $command us beyond itself"
[ "$beyond" -lt 10000 ] || fail "a run takes $beyond us beyond its command, in memory"
