# Unknown keys and bad values are errors with file, line, column, what is allowed, and "did you mean".
tree
file() { printf '%b' "$1" >backstep.yml; expect 2 run --deploy 'touch ran'; [ "$(wc -l <out)" = 1 ] || fail "not one line"; missing ran; }
file 'deploi: x\n';                            says "backstep.yml:1:1"; says "did you mean 'deploy'?"
file 'deploy: x\nhealth_check:\n  retrys: 3\n'; says "backstep.yml:3:3"; says "did you mean 'retries'?"
file 'lock_wait: soon\n';                      says "backstep.yml:1:12"; says "'soon'"
file 'deploy: x\ndeploy: y\n';                 says "backstep.yml:2:1"
file 'rollback: {target: newest}\n';           says "last-good"
file 'deploy: [a, b\n';                        says "backstep.yml:"
file 'services_dir: /etc\n';                   says "backstep.yml:1:15"
export BACKSTEP_HEALTH_RETRYS=3
file '';  says "BACKSTEP_HEALTH_RETRYS"
