#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tells a chat room what backstep's report says, and nothing when all is well. It needs curl and jq.
# Usage: CHAT_WEBHOOK=https://… chat.sh run.json
set -eu
report=$1
# A run that was refused, or killed, leaves no report. That is worth a message, too.
[ -s "$report" ] || { report=$(mktemp) && trap 'rm -f "$report"' EXIT && echo '{}' >"$report"; }

message=$(jq -r '
  # What others printed must not mention anybody (@channel, <!here>), nor end the block in which it stands.
  def block: .[-1500:] | gsub("`"; "\u0027") | gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;")
    | "```\n" + . + "\n```";
  def line($name): values | select(. != "") | "\($name): " + gsub("\\s+"; " ");
  if .exit_code == 0 then empty
  elif .exit_code == null then "backstep left no report: it was refused, or killed. Read the log of the job."
  else
    "backstep ended with exit code \(.exit_code)",
    ([(.live | line("live now")),
      (.failure | values | "\(.step) \(.described)" | line("failed")),
      (.changed | .[:10] | join(", ") | line("changed")),
      (.next[]? | "\(.do) \(.command)" | line("next")),
      (.actor | line("by")), (.commit | line("commit")), (.url | line("run"))] | join("\n") | block),
    (.failure.output_tail, .diagnosis.output_tail | values | select(. != "") | block)
  end' "$report")
[ -n "$message" ] || exit 0

# The address is a secret, so curl reads it from a file: arguments are seen by every user of the machine.
jq -n --arg text "$message" '{text: $text}' |
  curl --silent --show-error --fail --output /dev/null --max-time 20 --retry 3 \
    --header 'Content-Type: application/json' --data-binary @- --config /dev/fd/3 3<<CURL
url = "$CHAT_WEBHOOK"
CURL
