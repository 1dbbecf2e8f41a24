# Who may push may move a tag: only a digest is taken, and where anything is wrong no file changes.
root=$CASES/../..
cp -R "$root/action.yml" "$root/setup" "$root/templates" .
digest=$(sha256sum <"$root/LICENSE" | cut -d ' ' -f 1)
refused() { # STATUS IMAGE
  local status=0
  "$root/release/pin_image.sh" "$2" . >out 2>&1 || status=$?
  [ $status = "$1" ] || fail "exit $status, not $1, for '$2'"
  cmp action.yml "$1.action.yml" || fail 'action.yml was changed'
  diff -r setup "$root/setup" || fail 'setup was changed'
  diff -r templates "$root/templates" || fail 'templates was changed'
}
cp action.yml 2.action.yml
for image in '' backstep ghcr.io/owner/backstep:1.2.3 "ghcr.io/owner/backstep@sha256:${digest:0:60}" \
  "ghcr.io/Owner/backstep@sha256:$digest" "docker://ghcr.io/owner/backstep@sha256:$digest" \
  "ghcr.io/owner/backstep@sha256:$digest evil" "ghcr.io/owner/backstep@sha256:$digest
second: line"; do
  refused 2 "$image"
  says 'not an image by its digest'
done

# The first file could be edited; the one that cannot stops all.
sed -i '/^  image: Dockerfile$/d' action.yml
cp action.yml 1.action.yml
refused 1 "ghcr.io/owner/backstep@sha256:$digest"
says 'action.yml: the place for the image is not there exactly once'
