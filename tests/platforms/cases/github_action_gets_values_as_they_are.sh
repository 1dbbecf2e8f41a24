# What `with:` and `env:` hold reaches the commands of the action as it is, lines and all; no value is
# on docker's command line, where others could read it.
. "$CASES/../platforms/lib.sh"
cat >workflow.yml <<'YAML'
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      PLACE: ${{ github.workspace }}/live
    steps:
      - uses: actions/checkout@11d5960a326750d5838078e36cf38b85af677262 # v4.4.0
      - run: echo "NOTED=by a step" >>"$GITHUB_ENV"
      - id: backstep
        uses: OWNER/backstep@v1
        env:
          TOKEN: ${{ secrets.TOKEN }}
        with:
          files: |
            deploys
            backstep.yml
          deploy: |
            printf '%s|' "$TOKEN" "$NOTED" "$PLACE" '"quoted" $HOME \n' >said
            id -u >>said
      - run: |
          echo "result=$RESULT"
          stat -c %u backups
        env:
          RESULT: ${{ steps.backstep.outputs.result }}
YAML
github_job success workflow.yml --secret "TOKEN=first
second 's"
[ "$(cat "$checkout/said")" = "first
second 's|by a step|/github/workspace/live|\"quoted\" \$HOME \\n|0" ] || fail "the command said: $(cat "$checkout/said")"
says 'result=accepted'
grep -qx 1001 out || fail "the store is not the runner's"
! grep -F "second" github/results/containers.json || fail 'a value is on the command line'
holds github/results/containers.json '"-e", "TOKEN"'
cell github outputs replayed
