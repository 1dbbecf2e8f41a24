# Live files get back the owner and mode of the manifest, never the old mtime.
tree
chmod 750 "$(entrypoint)"
[ "$(id -u)" = 0 ] && chown 65534:65534 "$(entrypoint)"
touch -d 2001-01-01 "$(entrypoint)"
before=$(stat -c '%a %u:%g' "$(entrypoint)")
expect 5 run --generate "f=$(entrypoint); rm \$f; echo new >\$f; chmod 600 \$f; exit 1"
is_old
[ "$(stat -c '%a %u:%g' "$(entrypoint)")" = "$before" ] || fail "mode or owner: $(ls -ln "$(entrypoint)")"
[ "$(stat -c %Y "$(entrypoint)")" -gt 1600000000 ] || fail "the old mtime came back"
