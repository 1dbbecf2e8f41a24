# What bash has and sh has not is refused with the setting to type; with it, a failing pipe fails, which sh lets pass.
need bash
tree
sh -c '[[ a = a ]]' 2>/dev/null && skip 'sh is bash here'
texts=()
# A newer dash has it, too.
sh -c 'set -o pipefail' 2>/dev/null || texts=($'set -euo pipefail\ntrue')
for text in "${texts[@]}" '[[ -e services ]]' $'true\nsource ./values' 'if [[ a = a ]]; then :; fi' 'true &>log' 'a=(1 2); echo "${a[1]}"' 'cat <<<x'; do
  expect 2 run --deploy "$text"
  says "the deploy command cannot run: "
  says "set 'shell: bash'"
  one_line
done
echo 'v=1' >values
expect 0 run --shell bash --deploy $'set -u\nsource ./values\n[[ $v = 1 ]] &>log\ncat <<<x >got'
holds got x
expect 0 run --deploy 'false | cat'
expect 22 run --shell bash --deploy 'false | cat'
echo 'shell: bash' >backstep.yml
expect 22 run --deploy 'false | cat'
expect 2 run --shell zsh --deploy true
says "'zsh' is not one of sh, bash"
mkdir only_sh && ln -s "$(command -v sh)" only_sh/sh
PATH=$PWD/only_sh expect 2 run --deploy true
says "cannot run: "; says "'bash'"
