# Precedence: flag, INPUT_, PLUGIN_, BACKSTEP_, file, default; empty means unset.
value() { expect 0 config "$@"; awk '$1 == "keep_last" {print $2}' out; }
is() { [ "$2" = "$1" ] || fail "$2, not $1"; }
is 10 "$(value)"
echo 'retention: {keep_last: 1}' >backstep.yml; is 1 "$(value)"
export BACKSTEP_KEEP_LAST=2; is 2 "$(value)"
export PLUGIN_KEEP_LAST=3;   is 3 "$(value)"
export INPUT_KEEP_LAST=4;    is 4 "$(value)"
is 5 "$(value --keep-last 5)"
INPUT_KEEP_LAST='' PLUGIN_KEEP_LAST=''; is 2 "$(value)"
