# At most 6 MB as it is pulled. The figures are printed.
compressed=$(docker save "$IMAGE" | gzip -9 | wc -c)
unpacked=$(docker image inspect --format '{{.Size}}' "$IMAGE")
echo "image: $compressed bytes compressed, $unpacked unpacked"
[ "$compressed" -gt 1000000 ] || fail "that is no image"
[ "$compressed" -le 6000000 ] || fail "larger than 6 MB"
