# Every command of docs/migrating.md is typed, and what it shows comes.
types_page "$CASES/../../docs/migrating.md" shop
says "commands of"
