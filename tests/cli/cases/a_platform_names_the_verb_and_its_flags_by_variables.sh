# A container action and a plugin are called without arguments: everything comes by variables.
a_good_v1
INPUT_COMMAND=backup INPUT_MESSAGE='before the move' INPUT_TAG="" expect 0
"$BACKSTEP" list >listed
holds listed 'before the move'

for f in services/*/entrypoint.sh; do echo changed >"$f"; done
PLUGIN_COMMAND=rollback PLUGIN_SERVICE=action_service,typesense_client_service PLUGIN_DRY_RUN=true expect 0
says 'Would roll back'
says services/typesense_client_service
holds "$(entrypoint)" changed
BACKSTEP_COMMAND=rollback BACKSTEP_TO=latest BACKSTEP_DRY_RUN=false BACKSTEP_FILES_ONLY=true expect 0
is_word v1

INPUT_COMMAND=rolback expect 2
says "unknown verb 'rolback' (did you mean 'rollback'?)"
INPUT_COMMAND=rollback INPUT_DRY_RUN=perhaps expect 2
says "dry-run: 'perhaps' is neither true nor false"
# What is typed outranks what the platform says.
INPUT_COMMAND=rollback expect 0 version
# A pipeline that names none means a run: an overview would pass for a deploy.
CI=woodpecker PLUGIN_DEPLOY='touch deployed' expect 0
says 'the same as before'
exists deployed
PLUGIN_DEPLOY='touch deployed' expect 0
says 'usage: backstep VERB'
