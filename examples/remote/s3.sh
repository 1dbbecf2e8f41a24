#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A store in S3, or what speaks like it, by curl and conditional writes: nobody's store is written over.
#
#   remote:
#     fetch: ./s3.sh fetch
#     store: ./s3.sh store
#
# S3_URL names the bucket (https://BUCKET.s3.REGION.amazonaws.com), AWS_REGION, AWS_ACCESS_KEY_ID,
# AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, where there is one, are those of AWS's own programs.
# Least rights: s3:GetObject and s3:PutObject on the one object; s3:ListBucket, or S3 says 403 for what is not there.
set -eu
url=$S3_URL/$BACKSTEP_REMOTE_NAME.tar
place=${BACKSTEP_REMOTE_MARK%/*}

# Prints the status. Keys stand in a file: arguments are shown to everybody on the machine.
s3() {
  printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY" >"$place/keys"
  [ -z "${AWS_SESSION_TOKEN-}" ] || printf 'header = "x-amz-security-token: %s"\n' "$AWS_SESSION_TOKEN" >>"$place/keys"
  curl --silent --show-error --config "$place/keys" --aws-sigv4 "aws:amz:$AWS_REGION:s3" \
    --header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' --dump-header "$place/headers" --output "$place/body" \
    --write-out '%{http_code}' "$@" "$url"
}
keep_mark() { sed -n 's/\r$//; s/^[Ee][Tt][Aa][Gg]: *//p' "$place/headers" >"$BACKSTEP_REMOTE_MARK"; }
fail() { echo "S3 says $1: $(tr -d '\n' <"$place/body")" >&2; exit 1; }

case $1 in
  fetch)
    status=$(s3)
    case $status in
      200) keep_mark && cat "$place/body" ;;
      404) exit 44 ;;
      *) fail "$status" ;;
    esac
    ;;
  store)
    seen=$(cat "$BACKSTEP_REMOTE_MARK")
    cat >"$place/upload"
    condition='If-None-Match: *'
    [ -z "$seen" ] || condition="If-Match: $seen"
    status=$(s3 --header "$condition" --upload-file "$place/upload")
    case $status in
      200) keep_mark ;;
      404 | 409 | 412) exit 75 ;;
      *) fail "$status" ;;
    esac
    ;;
esac
