# Each rule finds its mistake, an error ends the run with 4, and nothing of a script reaches the terminal raw.
tree
try() { # STATUS RULE LINE BYTES [MODE]
  # shellcheck disable=SC2059 # the bytes are a format
  printf "$4" >new
  expect "$1" run --generate "cp new $(entrypoint); chmod ${5:-755} $(entrypoint)" --deploy true
  grep -qE "^services/action_service/entrypoint.sh +$3 +(error|warning) +$2 " out || fail "no $2 at $3"
  [ "$(grep -cE '^services/action_service/entrypoint.sh ' out)" = 1 ] || fail "$2 is not all"
  ! grep -q "$(printf '\033')" out || fail "$2: bytes that steer a terminal"
}
try 4 empty - ''
try 4 empty - '\n  \n'
try 4 nul-bytes 2 '#!/bin/sh\necho \0\n'
try 4 bom 1 '\357\273\277#!/bin/sh\n'
try 4 bom 1 '\377\376#\0!\0'
try 4 no-shebang 1 'echo \033[2J\n'
try 4 crlf-shebang 1 '#!/bin/sh\033[2J\r\necho\r\n'
try 4 conflict-markers 3 '#!/bin/sh\n\n<<<<<<< \033[2J\na\n=======\n>>>>>>> b\n'
try 4 syntax 3 '#!/bin/bash\nif true\nfi \033[2J\n'
try 0 not-executable - '#!/bin/sh\n' 644
try 0 crlf 2 '#!/bin/sh\n# \033[2J\r\n'
try 0 relative-interpreter 1 '#!sh\033[2J\n'
