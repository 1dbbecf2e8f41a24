# A run that does nothing, on ten services: under 15 ms beyond its commands, the quickest of twenty:
# what a neighbour does meanwhile can only add.
# In memory: on a disk its 16 flushes take as long as that disk and its neighbours make them take.
mkdir tree && cd tree || exit 1
# shellcheck disable=SC2046
tree $(printf 'service%s ' 0 1 2 3 4 5 6 7 8 9)
cd ..
cat >measure.sh <<'END'
microseconds() { adjtimex | awk '/time.tv_sec/ { s = $2 } /time.tv_usec/ { u = $2 > 999999 ? $2 / 1000 : $2 } END { printf "%d%06d", s, u }'; }
run() { backstep run --deploy true >/dev/null || exit 1; }
alone() { sh -ec true; }
run
for what in run alone; do
  i=0
  while [ $i -lt 20 ]; do
    before=$(microseconds)
    $what
    after=$(microseconds)
    echo $((after - before))
    i=$((i + 1))
  done | sort -n | sed -n "1s/^/$what /p"
done
END
docker run --rm --network none -v "$PWD:/given:ro" --tmpfs /memory --entrypoint sh "$IMAGE" -c \
  'cp -r /given/tree /memory && cd /memory/tree && . /given/measure.sh' >out 2>&1 || fail "the loop failed"
with=$(sed -n 's/^run //p' out)
without=$(sed -n 's/^alone //p' out)
echo "overhead: $((with - without)) us ($with us with, $without us without)"
[ $((with - without)) -lt 15000 ] || fail "more than 15 ms: $with us with, $without us without"
