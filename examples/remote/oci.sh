#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A store in an OCI registry, by oras. A registry cannot compare and replace in one step, so this looks just before
# it writes: let the platform put jobs in a row (`concurrency`, `resource_group`).
#
#   remote:
#     fetch: ./oci.sh fetch
#     store: ./oci.sh store
#
# OCI_REPOSITORY names the repository (ghcr.io/shop/web/backstep). Credentials are those of `oras login`, which reads
# docker's, too. ORAS_FLAGS is for a registry without TLS: --plain-http.
set -eu
place=${BACKSTEP_REMOTE_MARK%/*}
name=$OCI_REPOSITORY:$(printf %s "$BACKSTEP_REMOTE_NAME" | tr '/%' '__')

# The digest that the tag is at; nothing where there is none.
# shellcheck disable=SC2086  # a list of flags
held() {
  if oras resolve ${ORAS_FLAGS-} "$name" 2>"$place/why"; then return; fi
  grep -q 'not found' "$place/why" || { cat "$place/why" >&2; exit 1; }
}

case $1 in
  fetch)
    digest=$(held)
    [ -n "$digest" ] || exit 44
    # shellcheck disable=SC2086
    oras pull ${ORAS_FLAGS-} --output "$place/pulled" "${name%:*}@$digest" >&2
    echo "$digest" >"$BACKSTEP_REMOTE_MARK"
    cat "$place/pulled/store.tar"
    ;;
  store)
    seen=$(cat "$BACKSTEP_REMOTE_MARK")
    cat >"$place/store.tar"
    [ "$(held)" = "$seen" ] || exit 75
    # Packed again, the same store has the same digest.
    # shellcheck disable=SC2086
    (cd "$place" && oras push ${ORAS_FLAGS-} --annotation org.opencontainers.image.created=2000-01-01T00:00:00Z \
      --artifact-type application/vnd.backstep.store "$name" store.tar:application/x-tar >&2)
    held >"$BACKSTEP_REMOTE_MARK"
    ;;
esac
