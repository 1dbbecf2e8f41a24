# In a container everything runs as root; the checkout's owner must be able to delete what came of it.
[ "$(id -u)" = 0 ] || skip 'only root can give files away'
tree
chown -R 1000:1000 .
generator='mkdir -p services/new/deep && echo "#!/bin/sh" >services/new/entrypoint.sh
  echo "#!/bin/sh" >moved && mv moved services/action_service/entrypoint.sh
  printf "#!/bin/sh\necho v2\n" >services/typesense_client_service/entrypoint.sh && chown 33:33 services/typesense_client_service/entrypoint.sh'
expect 0 run --generate "$generator" --deploy true
owner() { stat -c %u:%g "$1"; }
for path in services/new services/new/entrypoint.sh services/action_service/entrypoint.sh; do
  [ "$(owner $path)" = 1000:1000 ] || fail "$path is of $(owner $path)"
done
# What somebody chose stays as it is.
[ "$(owner services/typesense_client_service/entrypoint.sh)" = 33:33 ] || fail 'an owner that the generator set was changed'

# A tree of root's own stays root's.
chown 0:0 . && chown -R 0:0 services
expect 0 run --generate 'mkdir services/newer && echo "#!/bin/sh" >services/newer/entrypoint.sh' --deploy true
[ "$(owner services/newer)" = 0:0 ] || fail "services/newer is of $(owner services/newer)"
