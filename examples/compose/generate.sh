#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes each service's entrypoint.sh from the version that is to be released.
set -eu
cd "$(dirname "$0")"
version=$(cat VERSION)

cat >services/web/entrypoint.sh <<EOF
#!/bin/sh
mkdir -p /tmp/www && echo "web $version" >/tmp/www/index.html
exec httpd -f -p 8080 -h /tmp/www
EOF
cat >services/worker/entrypoint.sh <<EOF
#!/bin/sh
echo "worker $version"
exec tail -f /dev/null
EOF
chmod 755 services/*/entrypoint.sh
