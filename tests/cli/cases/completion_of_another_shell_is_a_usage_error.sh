# completion takes bash, zsh and fish; any other word is 2 with a sentence, none too.
expect 2 completion
says "for which shell? 'backstep completion bash', zsh or fish"
expect 2 completion tcsh
says "there is no completion for 'tcsh': bash, zsh and fish have one"
one_line
expect 2 completion bash again
says "unexpected word 'again'"
expect 0 completion words -- show ""
[ ! -s out ] || fail 'IDs from nowhere'
missing backups
expect 0 help completion
says 'usage: backstep completion bash|zsh|fish'
