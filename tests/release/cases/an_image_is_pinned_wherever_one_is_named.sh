# What a release does to our own files: the action, its setup and the component name the image, and
# nothing else of them changes.
root=$CASES/../..
cp -R "$root/action.yml" "$root/setup" "$root/templates" .
digest=$(sha256sum <"$root/LICENSE" | cut -d ' ' -f 1)
image=ghcr.io/some-one/backstep:1.2.3@sha256:$digest
pin() { "$root/release/pin_image.sh" "$1" . >out 2>&1; }
files() { cat action.yml setup/action.yml setup/install.sh templates/backstep.yml; }
files >before
mode=$(stat -c %a setup/install.sh)  # of the copy: not of every checkout is that the umask's

pin "$image" || fail 'not pinned'
holds action.yml "  image: docker://$image"
holds setup/action.yml "    default: $image"
holds templates/backstep.yml "      default: $image"
files | diff before - >changes
[ "$(grep -c '^>' changes)" = 3 ] || fail "more was changed: $(cat changes)"
[ "$(grep '^<' changes)" = "<   image: Dockerfile
<     default: ''" ] || fail "more was taken away: $(cat changes)"
[ "$(stat -c %a setup/install.sh)" = "$mode" ] || fail 'the mode changed'

files >once
pin "$image" || fail 'not pinned twice'
files | cmp - once || fail 'the second time changed something'

pin "registry.example.com:5000/a/b@sha256:$digest" || fail 'no other image can be pinned'
files >other
grep -qF "$image" other && fail 'the first image is still named'
[ "$(grep -cF "registry.example.com:5000/a/b@sha256:$digest" other)" = 3 ] || fail 'not named three times'

# It is YAML as before, and the component needs no image any longer.
need python3
python3 -c 'import yaml' 2>/dev/null || skip 'python3-yaml is not installed here'
python3 - >out 2>&1 <<'EOF' || fail 'what the readers of these files see is wrong'
import yaml
action = yaml.safe_load(open("action.yml"))
assert action["runs"]["image"].startswith("docker://registry.example.com:5000/a/b@sha256:"), action["runs"]
setup = yaml.safe_load(open("setup/action.yml"))
assert setup["inputs"]["image"]["default"].startswith("registry."), setup["inputs"]
inputs = next(yaml.safe_load_all(open("templates/backstep.yml")))["spec"]["inputs"]
assert inputs["backstep_image"]["default"].startswith("registry."), inputs
assert inputs["job"]["default"] == "backstep" and "default" not in inputs["image"], inputs
EOF
