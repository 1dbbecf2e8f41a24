# TLS that is asked in plain text, and the other way round.
need python3
serve_tls
serve_http
# The second question has little time, and a busy machine may need another try.
names_tls() { expect 23 probe "http://$(tls good)/" && grep -qF 'TLS is spoken there' out; }
until_true 60 names_tls
says ": TLS is spoken there, ask https://$(tls good)"
one_line
expect 23 probe "https://${url#http://}/health"
says 'wrong version number'
one_line
expect 23 probe "$url/503"
says_not TLS
