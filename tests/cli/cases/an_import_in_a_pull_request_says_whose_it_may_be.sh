# Caches and artifacts that a pull request can write are anybody's words.
tree
expect 0 backup
expect 0 export store.tar
GITHUB_ACTIONS=true GITHUB_HEAD_REF=topic expect 0 import store.tar
says "Warning: this is a pull request's pipeline: whoever sent it may have written what is imported"
GITHUB_ACTIONS=true GITHUB_HEAD_REF='' expect 0 import store.tar
says_not 'pull request'
