# A file's name may hold anything; no report ends early, forges a line or stops being what it is.
need python3
tree
mkdir -p odd
evil=$(printf 'a\n::error::x\r%%0A"<b>|`|, ##[error]y \033[2J')
printf 'old' >"odd/$evil"
on_github
"$BACKSTEP" run --files 'odd/*' --generate 'for f in odd/*; do echo new >"$f"; done' --deploy 'printf "bytes \377\376 \033[2J <b>\n"; exit 3' \
  --rollback-command true --report junit.xml,run.env >out 2>&1
[ $? = 21 ] || fail 'not 21'
[ "$(output changed_services | wc -l)" = 1 ] || fail 'the value has more than one line'
output changed_services | grep -qF 'a\x0a::error::x\x0d%0A"<b>|`|\x2c\x20##\x5berror]y' || fail "changed: $(output changed_services)"
obeyed | grep -v '^::group::\|^::endgroup::$\|^::error title=backstep::' >obeyed.txt
[ ! -s obeyed.txt ] || fail "obeyed: $(cat obeyed.txt)"
python3 -c 'import xml.etree.ElementTree as e; e.parse("junit.xml")' || fail 'no XML'
[ "$(wc -l <run.env)" = 8 ] || fail "run.env has $(wc -l <run.env) lines"
! grep -v '^BACKSTEP_[A-Z_]*=[A-Za-z0-9_./,:@+-]*$' run.env || fail 'a value that GitLab would misread'
python3 -c 'open("commands/STEP_SUMMARY", encoding="utf-8").read()' || fail 'the summary is no UTF-8'
holds commands/STEP_SUMMARY 'bytes &#92;xff&#92;xfe  &#60;b&#62;' # within the block of the tail
! grep -F '<b>' commands/STEP_SUMMARY || fail 'the summary takes HTML'
