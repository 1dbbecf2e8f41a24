# The first commands of the README do what it shows beneath them.
tree action_service
printf '#!/bin/sh\n%s\n' "$(generate_word v2)" >generate_entrypoints.sh && chmod 755 generate_entrypoints.sh
awk '/^```console$/ { print; inside = 1; next } inside { print } inside && /^```$/ { exit }' "$CASES/../../README.md" >page.md
types_page page.md .
says "2 commands of"
is_old
