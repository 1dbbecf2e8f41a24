# Lint is run on trees of strangers: a shell of the tree, of another user, or of a relative entry of PATH is not started.
need bash
tree
# shellcheck disable=SC2016 # the shell of the tree would run it
evil='#!/bin/sh\nprintf %s "$DEPLOY_TOKEN" >>'$PWD'/pwned\n'
plant() { mkdir -p "$1"; for name in sh bash dash busybox head; do printf '%b' "$evil" >"$1/$name"; chmod 755 "$1/$name"; done; }
plant evil
plant services/.bin
printf '#!%s/evil/bash\nfi\n' "$PWD" >"$(entrypoint)"
lint_with() { DEPLOY_TOKEN=s3cr3t PATH=$1 "$BACKSTEP" lint >out 2>&1; missing pwned; }
for path in "$PWD/evil" evil :/usr/bin:/bin .:/usr/bin:/bin "$PWD/evil/:/usr/bin:/bin" "/proc/self/cwd$PWD/evil" "/proc/$$/cwd/evil"; do
  lint_with "$path"
done
says "the syntax of 1 script was not checked, PATH has no 'bash' that only root may change"
(cd evil && DEPLOY_TOKEN=s3cr3t PATH=:/usr/bin:/bin "$BACKSTEP" lint >../out 2>&1)
missing pwned
# What the end of a script is looked for with, is no program of the tree either.
printf '#!/bin/bash\nexit 0\nfi\n' >"$(entrypoint)"
lint_with "$PWD/evil:$PATH"
says 'the script ends before, in line 2'
# A link gives a program of the system another name, and 'perl -n' would run the script.
mkdir links
ln -s "$(command -v env)" links/bash
lint_with "$PWD/links"
says "PATH has no 'bash'"

[ "$(id -u)" = 0 ] || exit 0
# Beside the workspace: whatever root alone may change is started, and sees nothing of our environment.
away=$(mktemp -d) && chmod 755 "$away"
trap 'rm -rf "$away"' EXIT
mkdir "$away/tree" "$away/bin"
cp -r services "$away/tree"
cd "$away/tree" || exit
printf '#!/bin/sh\n/usr/bin/env >%s/seen; exit 0\n' "$away" >"$away/bin/bash"
chmod 755 "$away/bin/bash"
DEPLOY_TOKEN=s3cr3t PATH=$away/bin "$BACKSTEP" lint >/dev/null
grep -q LC_ALL=C "$away/seen" || fail 'it was not started'
! grep -vE '^(LC_ALL=C|PWD=.*|SHLVL=.*|_=.*|OLDPWD=.*|PATH=.*)$' "$away/seen" || fail 'it saw more than it needs'
refused() { rm -f "$away/seen"; PATH=$away/bin "$BACKSTEP" lint >out; missing "$away/seen"; says "PATH has no 'bash'"; }
chmod g+w "$away/bin/bash" && refused && chmod g-w "$away/bin/bash"
chmod o+w "$away/bin" && refused && chmod 1777 "$away/bin" && refused && chmod 755 "$away/bin"
chown 65534 "$away/bin/bash" && refused && chown 0 "$away/bin/bash"
chown 65534 "$away/bin" && refused && chown 0 "$away/bin"
chown 65534 "$away" && refused && chown 0 "$away"
DEPLOY_TOKEN=s3cr3t PATH=$away/bin "$BACKSTEP" lint >/dev/null
exists "$away/seen"
