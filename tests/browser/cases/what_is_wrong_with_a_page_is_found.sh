# The browser's look at a page is worth something: each of these mistakes is seen.
. "$CASES/../browser/pages.sh"
good_page
finds() { # finds WORDS SED: a page that was changed so
  sed "$2" good.html >changed.html
  cmp -s good.html changed.html && fail "nothing was changed by $2"
  if python3 "$CASES/../browser/look.py" "$TMPDIR/axe.js" changed.html >out 2>&1; then fail "the browser found nothing: $2"; fi
  says "$1"
}
finds 'console: ' 's|</main>|<script>1</script></main>|'
finds 'wants http://evil.example/x.png' 's|</main>|<img alt="x" src="http://evil.example/x.png"></main>|'
finds 'dark: color-contrast' 's|--dim: #9da7b3|--dim: #30363d|'
finds 'landmark-one-main' 's|<main>|<div>|; s|</main>|</div>|'
finds 'too wide for a phone' 's|</main>|<p style="width:400px">x</p></main>|'
