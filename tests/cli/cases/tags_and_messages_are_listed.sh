# backup [--tag T] [--message M].
tree
expect 0 backup --tag v1.2 --message 'before the migration'
expect 0 list
says "v1.2 before the migration"
expect 0 show "$(newest)"
says "tag:     v1.2"
says "message: before the migration"
