#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows Markdown as GitHub does, as near as it can be had without GitHub: marked, GitHub's own style sheet and mermaid,
# all by npm. Usage: render.sh FILE.md OUT.png [WIDTH] [HEIGHT] [light|dark]
set -euo pipefail
file=$(realpath "$1") out=$(realpath -m "$2") width=${3:-980} height=${4:-1200} scheme=${5:-light}
tools=${TMPDIR:-/tmp}/backstep-markdown-$(id -u)
if [ ! -e "$tools/node_modules/mermaid" ]; then
  mkdir -p "$tools"
  (cd "$tools" && npm install --silent --no-audit --no-fund marked@16.4.1 github-markdown-css@5.8.1 mermaid@11.12.0) >&2
fi
page=$(mktemp -d)
trap 'rm -rf "$page"' EXIT
# Pictures are asked for by their paths, so the page lies where the Markdown lies in its thoughts: by a base.
node --input-type=module - "$file" "$tools" "$scheme" >"$page/page.html" <<'JS'
import {readFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {pathToFileURL} from 'node:url';
const [file, tools, scheme] = process.argv.slice(2);
const {marked} = await import(pathToFileURL(tools + '/node_modules/marked/lib/marked.esm.js'));
const css = readFileSync(`${tools}/node_modules/github-markdown-css/github-markdown-${scheme}.css`, 'utf8');
const body = marked.parse(readFileSync(file, 'utf8'))
  .replace(/<pre><code class="language-mermaid">([^]*?)<\/code><\/pre>/g, '<pre class="mermaid">$1</pre>')
  .replaceAll('prefers-color-scheme: dark', scheme === 'dark' ? 'min-width: 0px' : 'max-width: 0px');
console.log(`<!doctype html><meta charset="utf-8"><base href="${pathToFileURL(dirname(file))}/"><style>${css}
body{margin:0;padding:16px 24px;background:${scheme === 'dark' ? '#0d1117' : '#fff'}}</style>
<article class="markdown-body">${body}</article>
<script type="module">import mermaid from '${pathToFileURL(tools + '/node_modules/mermaid/dist/mermaid.esm.min.mjs')}';
mermaid.initialize({startOnLoad: true, theme: '${scheme === 'dark' ? 'dark' : 'default'}'});</script>`);
JS
"$(dirname "$0")/shoot.sh" "$page/page.html" "$out" "$width" "$height" --allow-file-access-from-files --virtual-time-budget=20000
