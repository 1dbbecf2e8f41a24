# A directory of services, a file, an environment: a mistyped one is no error, for a generator may be about to
# make it, but it is said, with what lies there.
mkdir -p apps jobs/worker && printf '#!/bin/sh\necho worker\n' >jobs/worker/entrypoint.sh
mkdir -p apps/web && printf '#!/bin/sh\necho web\n' >apps/web/entrypoint.sh && echo a >config.env
expect 0 run --services-dir aps,jobs --files confg.env --environment staging --deploy true
says "Warning: aps (from 'services_dir') does not exist (did you mean 'apps'?)"
says "Warning: confg.env (from 'files') does not exist (did you mean 'config.env'?)"
says_not "is new"
expect 0 run --services-dir apps,jobs --files config.env --environment stagin --deploy true
says "Environment stagin is new; there are: staging"
says_not "does not exist"
expect 0 run --services-dir apps,jobs --files config.env --environment stagin --deploy true
says_not "is new"
