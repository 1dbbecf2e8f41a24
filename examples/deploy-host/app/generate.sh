#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes each service's entrypoint.sh from the version that is to be released.
set -eu
cat >services/web/entrypoint.sh <<EOF
#!/bin/sh
mkdir -p /tmp/www && echo "web $(cat VERSION)" >/tmp/www/index.html
exec httpd -f -p 8080 -h /tmp/www
EOF
chmod 755 services/web/entrypoint.sh
