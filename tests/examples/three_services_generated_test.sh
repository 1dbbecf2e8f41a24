# The entrypoint scripts that are checked in are what the generator makes of the services.conf that is.
cp -R "$CASES/../../examples/three-services" demo
mv demo/services checked_in
demo/generate_entrypoints.sh >out 2>&1 || fail "the generator exited with $?"
[ ! -s out ] || fail 'the generator is not quiet'
diff -r checked_in demo/services >out || fail 'the checked-in scripts are not the generated ones'
for script in checked_in/*/entrypoint.sh demo/services/*/entrypoint.sh; do
  [ -x "$script" ] || fail "$script is not executable"
done
