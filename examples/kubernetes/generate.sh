#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the pod's entrypoint.sh from the version that is to be released.
set -eu
cd "$(dirname "$0")"
mkdir -p services/web
cat >services/web/entrypoint.sh <<EOF
#!/bin/sh
echo "web $(cat VERSION)" >/www/index.html
exec httpd -f -p 8080 -h /www
EOF
chmod 755 services/web/entrypoint.sh
