# A `.html` in `report` is one file that can be sent to somebody: no script, nothing from elsewhere, and nothing that
# others wrote is obeyed in it.
tree web
name='<img src=x onerror=alert(1)>'
mkdir conf
echo 'old' >"conf/$name"
export GITHUB_ACTOR='"><script>alert(2)</script>' GITHUB_ACTIONS=true GITHUB_SHA=0123456789abcdef0123 GITHUB_RUN_ID=7
export GITHUB_SERVER_URL=https://ci.example GITHUB_REPOSITORY=shop/web
mkdir reports
expect 20 run --files 'conf/*' --generate "$(generate_word v2); echo '</pre><script>alert(3)</script>' >'conf/$name'" \
  --deploy true --health-check 'grep -q old services/web/entrypoint.sh || { echo "</pre><b onclick=alert(4)>&amp;"; exit 1; }' \
  --health-retries 2 --health-interval 1500ms --health-start-period 0 --health-min-healthy-time 0 --report reports/run.html
python3 - reports/run.html <<'PYTHON' || fail 'the page obeys what others wrote, or tells too little'
import html.parser, sys

allowed = {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "h3",
           "p", "a", "span", "strong", "code", "pre", "dl", "dt", "dd", "ol", "li", "table", "thead", "tbody", "tr",
           "th", "td", "details", "summary"}
void = {"meta"}

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.text = [], []
    def handle_starttag(self, tag, attributes):
        assert tag in allowed, tag
        for name, value in attributes:
            assert not name.startswith("on") and name not in ("src", "srcset"), (tag, name)
            assert name != "href" or value == "https://ci.example/shop/web/actions/runs/7", value
        if tag not in void:
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)

page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
assert not page.open, page.open
text = "".join(page.text)
for wanted in ("Failed and rolled back to", "Live now: the old version, healthy again", "</pre><b onclick=alert(4)>&amp;",
               'by "><script>alert(2)</script>', "commit 0123456789ab", "<img src=x onerror=alert(1)>",
               "+</pre><script>alert(3)</script>", "failed version live", "backstep diff"):
    assert wanted in text, wanted
PYTHON
