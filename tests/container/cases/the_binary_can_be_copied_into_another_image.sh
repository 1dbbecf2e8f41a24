# COPY --from the target `binary`, into an image with nothing and into one with programs.
printf 'FROM scratch\nCOPY --from=%s /backstep /backstep\nENTRYPOINT ["/backstep"]\n' "$BINARY_IMAGE" >Dockerfile
docker build --network none --quiet . >id 2>out || fail "build on scratch"
docker run --rm --network none "$(cat id)" version >out 2>&1 || fail "it does not run on scratch"
says "backstep"
printf 'FROM %s\nCOPY --from=%s /backstep /usr/local/bin/backstep\n' "$BASE_IMAGE" "$BINARY_IMAGE" >Dockerfile
docker build --network none --quiet . >id 2>out || fail "build on Debian"
docker run --rm --network none "$(cat id)" bash -c 'mkdir -p /w/services/web && cd /w && echo "#!/bin/sh" >services/web/entrypoint.sh && chmod 755 services/web/entrypoint.sh && backstep run --deploy "perl -e exit"' >out 2>&1 ||
  fail "it does not run beside Debian's programs"
says "Deployed"
