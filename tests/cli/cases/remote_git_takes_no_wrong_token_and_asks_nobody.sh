# A wrong token ends at once, for nobody is asked for a better one.
fresh_project
serve_git
on_runner one
by_server another-token
expect 6 run --deploy 'touch deployed'
says 'cannot use the remote, nothing was changed'
says_not 'another-token'
missing deployed
git config --remove-section "http.http://127.0.0.1:$(cat "$shop/port")/"
expect 6 pull
says 'terminal prompts disabled'
git remote set-url origin "http://someone:secret-token@${git_url#http://}"
expect 0 run --deploy true
says_not 'secret-token'
