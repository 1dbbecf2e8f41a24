#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
set -eu
mkdir -p services/web
printf '#!/bin/sh\necho web %s\n' "$(cat VERSION)" >services/web/entrypoint.sh
chmod 755 services/web/entrypoint.sh
