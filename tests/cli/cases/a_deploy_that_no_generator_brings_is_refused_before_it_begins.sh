# A mistyped deploy script may be what the generator makes, so it runs; then the files come back, exit 2, and
# nothing is called a failed rollback.
tree
printf '#!/bin/sh\n' >deploy.sh && chmod 755 deploy.sh
expect 2 run --generate "$(generate_word v2)" --deploy ./deplyo.sh
says "failed:   deploy cannot run: there is no './deplyo.sh' here"
answer_says 'files restored, nothing was deployed'
is_old
no_journal
recorded restored
# Without a generator nothing could bring it.
expect 2 run --deploy ./deplyo.sh
one_line
says 'nothing was changed'
