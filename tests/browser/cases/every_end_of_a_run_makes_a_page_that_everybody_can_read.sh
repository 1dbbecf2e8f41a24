# No message on the console, no request, nothing that axe finds in light or in dark, nothing beyond a phone's edge.
. "$CASES/../browser/pages.sh"
by_a_pipeline
for page in good rolled_back rollback_failed crowded; do
  mkdir $page
  (cd $page && ${page}_page) || exit
done
grep -q 'no table orders' rolled_back/rolled_back.html || fail 'the page lacks the diagnosis'
looks_well ./*/*.html
