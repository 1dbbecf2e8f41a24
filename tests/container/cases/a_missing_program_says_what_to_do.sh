# A command that the image has no program for: named before anything changes, with the ways out.
tree
quick_checks
pass_settings
for step in generate deploy rollback-command; do
  case $step in
    generate) expect 2 run --generate 'python gen.py' ;;
    deploy) expect 2 run --generate "$(generate_word new)" --deploy 'python up.py' ;;
    rollback-command) expect 2 run --generate "$(generate_word new)" --deploy 'exit 1' --rollback-command 'python up.py' ;;
  esac
  says 'nothing was changed'
  says "this image has no program 'python'"
  says "backstep install"
  says "COPY --from"
done
# One that a script lacks is only found by running it.
expect 22 run --generate "$(generate_word new)" --deploy ': && python up.py'
says "this image has no program 'python'"
rm -r backups
expect 2 run --deploy true --health-check 'curl -fsS http://localhost/'
says "this image has no program 'curl'"
expect 2 check --health-check 'curl -fsS http://localhost/'
says "this image has no program 'curl'"
