# probe URL: one line, 0 or 23; 2 for a URL that cannot be asked; the time limit names the phase.
need python3
serve_http
expect 0 probe "$url/health"
says "$url/health answered 200 OK"
one_line
expect 23 probe "$url/503"
says "$url/503 answered 503 Service Unavailable"
one_line
expect 0 probe "$url/elsewhere"
says "answered 302 Found (redirects to 'http://other.invalid/', another host: not followed)"
expect 23 probe http://no-such-host.invalid:8080/health
says "cannot resolve 'no-such-host.invalid': "
came_so_far() { grep -qF "timed out while waiting for an answer from $url/hang" out; }
given_time 23 probe --timeout TIME "$url/hang"
one_line
expect 23 probe --json "$url/503"
json 'd["healthy"] is False and d["answer"].endswith("503 Service Unavailable") and d["version"] == 1'
stop_http
expect 23 probe "$url/health"
says "cannot connect to ${url#http://}: Connection refused"
expect 2 probe ftp://localhost/
says "http://HOST[:PORT]/PATH, https://… or tcp://HOST:PORT is expected"
expect 2 probe "http://user:secret@localhost/"
says "cannot be asked (Credentials"
says_not secret
expect 2 probe
says "no URL is given"
expect 2 probe --timeout soon "$url"
says "flag --timeout: 'soon' is not a duration"
