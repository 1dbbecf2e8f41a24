# A warning is shown and the deploy goes on.
tree
expect 0 run --generate "printf '#!/bin/sh\n# x\r\n' >$(entrypoint); chmod 644 $(entrypoint)" --deploy 'touch deployed'
exists deployed
says '⚠️ lint: 2 warnings in 1 script'
says 'not-executable'
says 'crlf'
says '✔ Deployed'

# Where nothing is found nothing is said.
tree
expect 0 run --generate "$(generate_word fine)" --deploy true
says_not lint
