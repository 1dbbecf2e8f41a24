# Names, output, a diagnosis and an actor that are HTML are shown as text: they run, load and stretch nothing.
. "$CASES/../browser/pages.sh"
hostile_page
grep -q 'evil.example' hostile.html || fail 'the page does not show what was printed'
looks_well hostile.html
