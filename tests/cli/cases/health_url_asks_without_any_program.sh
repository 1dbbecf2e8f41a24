# health_url needs neither a shell nor curl; the URL is shown and the attempt says what it saw.
need python3
tree
quick_checks
serve_http
PATH=/nowhere expect 0 check --health-url "$url/health"
says "▶ health check: $url/health"
says "attempt 1: passed"
says "✔ healthy"
PATH=/nowhere expect 23 check --health-url "$url/503"
says "attempt 1: $url/503 answered 503 Service Unavailable"
says "❌ unhealthy: $url/503 answered 503 Service Unavailable, 1 failure in a row"
says_not "exited with"
says_not "│"
came_so_far() { grep -qF "attempt 1: timed out while waiting for an answer from $url/hang" out; }
given_time 23 check --health-timeout TIME --health-url "$url/hang"
stop_http
expect 23 check --health-url "$url/health"
says "attempt 1: cannot connect to ${url#http://}: Connection refused"
"$BACKSTEP" check --json --health-url "$url/health" >out 2>err && fail "healthy without a server"
json 'd["last"].endswith("Connection refused") and d["exit_code"] == 23'
