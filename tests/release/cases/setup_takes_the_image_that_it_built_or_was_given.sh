# On an engine that several jobs share, another one moves a tag to its own image at every moment. The
# action's setup takes the image by its ID, and one by its digest only if it is that one.
mkdir bin temp
digest=sha256:$(sha256sum <"$CASES/lib.sh" | cut -d ' ' -f 1)
cat >bin/docker <<'END'
#!/bin/sh
# By an ID or a digest it is the honest image; whoever goes by a tag gets what another job put there.
echo "$*" >>"$STATE/calls"
for last; do :; done
case $1 in
  build)
    file=
    for word; do
      case $word in --iidfile=*) file=${word#*=} ;; esac
      [ "${before-}" != --iidfile ] || file=$word
      before=$word
    done
    [ -z "$file" ] || printf sha256:honest >"$file"
    echo sha256:honest
    ;;
  pull) [ "${ABSENT-}" != forever ] && touch "$STATE/pulled" ;;
  image) # inspect [--format FORMAT] IMAGE
    [ -z "${ABSENT-}" ] || [ -e "$STATE/pulled" ] || exit 1
    case $last in sha256:honest | *@"$DIGEST") id=sha256:honest ;; *) id=sha256:of-that-tag ;; esac
    [ -z "${FORGED-}" ] || id=sha256:forged
    case $* in
      *RepoDigests*) [ $last != sha256:honest ] || echo "registry.example.com/backstep@$DIGEST" ;;
      *Id*) echo $id ;;
    esac
    ;;
  create) case $last in sha256:*) echo "of-$last" ;; *) echo of-another-job ;; esac ;;
  cp) printf '#!/bin/sh\necho %s\n' "$2" >"$3" ;;
esac
END
chmod 755 bin/docker
export PATH=$PWD/bin:$PATH STATE=$PWD DIGEST=$digest RUNNER_TEMP=$PWD/temp GITHUB_PATH=$PWD/path GITHUB_OUTPUT=$PWD/output GITHUB_ENV=$PWD/env
export BACKSTEP_SETUP_SOURCE=$CASES/../..
install() { # install STATUS IMAGE
  rm -rf path output pulled temp/backstep
  BACKSTEP_SETUP_IMAGE=$2 sh "$BACKSTEP_SETUP_SOURCE/setup/install.sh" >out 2>&1
  local status=$?
  [ $status = "$1" ] || fail "it ended with $status"
  [ "$1" = 0 ] || missing path
}

install 0 ''
says 'of-sha256:honest'
holds output "path=$PWD/temp/backstep/backstep"
holds env BACKSTEP_TRUST_OWNER=checkout

install 0 "registry.example.com/backstep@$digest"
says 'of-sha256:honest'
install 0 "registry.example.com/backstep:1.2.3@$digest"
ABSENT=yes install 0 "registry.example.com/backstep@$digest"
says 'of-sha256:honest'
holds calls "pull --quiet registry.example.com/backstep@$digest"
# A tag is looked up once, and what it named then is taken and said.
install 0 registry.example.com/backstep:1
says 'of-sha256:of-that-tag'
says 'from image sha256:of-that-tag'

# What is not the image of that digest is not installed.
FORGED=yes install 1 "registry.example.com/backstep@$digest"
says 'the image is not the one of the digest that was given'
ABSENT=forever install 1 "registry.example.com/backstep@$digest"
