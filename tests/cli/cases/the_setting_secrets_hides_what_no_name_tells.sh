# Variables whose names tell nothing are named by the setting, some of them by a pattern.
tree
export VAULT_ROLE=role-4711 MY_CONNECTION=conn-4712 OTHER=other-4713
expect 21 run --generate "$(generate_word v1)" --deploy 'env; exit 1' --rollback-command true --secrets 'VAULT_ROLE,*_CONNECTION'
says 'VAULT_ROLE=***'
says 'MY_CONNECTION=***'
says 'OTHER=other-4713'
says_not role-4711
says_not conn-4712
! grep -rq 'role-4711\|conn-4712' backups || fail 'the store holds one'
# A value that nothing tells of is shown without it.
expect 21 run --generate "$(generate_word v2)" --deploy 'env; exit 1' --rollback-command true
says 'VAULT_ROLE=role-4711'
