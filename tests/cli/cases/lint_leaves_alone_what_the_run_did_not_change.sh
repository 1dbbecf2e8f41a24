# A script that lay there before is no reason to stop a deploy, nor is a tracked file that is no script.
tree
echo 'no first line' >"$(entrypoint)"
expect 0 run --generate "printf '#!/bin/sh\necho new\n' >$(entrypoint typesense_client_service)" --deploy true
says_not no-shebang
expect 0 run --deploy true
expect 0 run --files '*.conf' --generate 'echo x >new.conf; rm services/typesense_client_service/entrypoint.sh' --deploy true

# A file that only became executable is another version.
chmod 644 "$(entrypoint)"
expect 4 run --generate "chmod 755 $(entrypoint)" --deploy true
