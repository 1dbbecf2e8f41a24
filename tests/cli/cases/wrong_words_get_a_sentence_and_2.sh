# Usage errors: one clear line, exit 2, nothing made; and "did you mean".
tree
wrong() { expect 2 "$@"; [ "$(wc -l <out)" = 1 ] || fail "not one line"; }
wrong rolback;                            says "did you mean 'rollback'?"
wrong run;                                says "nothing to run"
wrong run ./deploy.sh;                    says "unexpected word './deploy.sh'"
wrong run --deploy docker compose up;     says "unexpected word 'compose'"
wrong run --deploy --health-check x;      says "flag '--deploy' needs a value, but '--health-check' follows"
wrong run --deploy;                       says "'--deploy' needs a value"
wrong run --deploi x;                     says "did you mean '--deploy'?"
wrong run --deploy a --deploy b;          says "'--deploy' is given twice"
wrong run --deploy x --health-retries no; says "--health-retries"
wrong run --deploy x --lock-wait -5s;     says "--lock-wait"
wrong list --json=true;                   says "takes no value"
wrong show;                               says "backstep list"
wrong show 2024-03-10_14-23-00;           says "backups"
wrong mark;                               says "good|bad"
wrong help nosuch;                        says "'nosuch'"
missing backups
