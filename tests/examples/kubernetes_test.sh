# The real client renders the manifests, and no cluster runs them: what is applied is kept in a file. Old scripts
# have their old name in the cluster again after a rollback.
need kubectl
real=$(command -v kubectl)
"$real" kustomize --help >/dev/null 2>&1 || skip 'this kubectl has no kustomize'
cp -R "$CASES/../../examples/kubernetes" tree
cd tree || exit 1
mkdir ../bin
cat >../bin/kubectl <<K
#!/bin/sh
case "\$1 \$2" in
  "apply -k") "$real" kustomize "\$3" >../applied.yaml && echo applied ;;
  "rollout status") ! grep -q broken ../applied.yaml || { echo 'deployment "web" exceeded its progress deadline' >&2; exit 1; } ;;
  "describe pods" | "logs -l") echo "\$1 of the pods" ;;
  *) echo "no such call: \$*" >&2; exit 64 ;;
esac
K
chmod 755 ../bin/kubectl
export PATH=${PWD%/*}/bin:$PATH
name_of() { grep -o 'web-entrypoint-[a-z0-9]*' "$1" | sort -u; }
expect 0 run
cp ../applied.yaml ../v1.yaml
[ "$(name_of ../v1.yaml | wc -l)" = 1 ] || fail "the pods do not take the map that is made: $(name_of ../v1.yaml)"
holds ../v1.yaml 'web v1'
echo broken >VERSION
expect 20 run
says 'exceeded its progress deadline'
says 'describe of the pods'
cmp ../v1.yaml ../applied.yaml || fail 'the rollback does not apply what was live before'
echo v2 >VERSION
expect 0 run
[ "$(name_of ../applied.yaml)" != "$(name_of ../v1.yaml)" ] || fail 'new scripts have the old name, so no pod is made anew'
# Every key of the deployment is one that there is, as far as the client knows by itself.
python3 - ../applied.yaml <<'P' || fail 'the manifests are not two objects of the kinds that are meant'
import sys
try:
    import yaml
except ImportError:
    sys.exit(0)
kinds = sorted(each["kind"] for each in yaml.safe_load_all(open(sys.argv[1], encoding="utf-8")))
sys.exit(kinds != ["ConfigMap", "Deployment"])
P
