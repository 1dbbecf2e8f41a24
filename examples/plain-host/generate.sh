#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the server's settings and its start script from the version that is to be released.
set -eu
cd "$(dirname "$0")"
read -r text flags <VERSION
mkdir -p www
echo "I:index.html" >httpd.conf
cat >start.sh <<EOF
#!/bin/sh
echo "$text" >www/index.html
exec busybox httpd -f $flags -p 127.0.0.1:\${PORT:-8080} -h www -c "\$PWD/httpd.conf"
EOF
chmod 755 start.sh
