# Wherever a server falls silent, the time limit ends the question and the line says where it was.
need python3
serve_tls
export SSL_CERT_FILE=$PWD/tls/ca.pem
hangs() { # hangs SERVER WORDS
  words=$2
  came_so_far() { grep -qF "timed out while $words" out; }
  given_time 23 probe --timeout TIME "https://$(tls "$1" 127.0.0.1)/"
  one_line
}
hangs accept "connecting to $(tls accept 127.0.0.1)"
hangs handshake "shaking hands with $(tls handshake 127.0.0.1)"
hangs head "waiting for an answer from https://$(tls head 127.0.0.1)/"
# The head decides, unless a body is asked for.
expect 0 probe "https://$(tls body 127.0.0.1)/"
tree
quick_checks
cat >backstep.yml <<END
health_check: {url: "https://$(tls body 127.0.0.1)/", body: version 2, timeout: TIME}
END
for time in 300ms 3s 30s; do
  sed -i "s/timeout: [^}]*/timeout: $time/" backstep.yml
  expect 23 check
  ! grep -qF "attempt 1: timed out while waiting for an answer from https://$(tls body 127.0.0.1)/" out || break
done
says "attempt 1: timed out while waiting for an answer from https://$(tls body 127.0.0.1)/"
