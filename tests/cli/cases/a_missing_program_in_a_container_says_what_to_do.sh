# 127 in a container: the program is named where it can be, with the ways to one that has it.
export container=docker
tree
expect 5 run --generate 'true && no-such-program gen.py'
says "next:     1. this image has no program 'no-such-program'"
says "'backstep install DIR'"
says "COPY --from=IMAGE"
expect 22 run --generate "$(generate_word new)" --deploy 'exit 1' --rollback-command 'exit 127'
says "this image lacks a program that the command needs"
printf 'deploy: [no-such-program, up]\n' >backstep.yml
expect 2 run --generate "$(generate_word other)"
says 'the deploy command cannot run: '
says "this image has no program 'no-such-program'"
rm backstep.yml
rm -r backups
expect 2 run --deploy true --health-check 'no-such-check http://localhost/'
says "this image has no program 'no-such-check'"
