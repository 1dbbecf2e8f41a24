# SPDX-License-Identifier: Apache-2.0
"""What the Python programs of our tests share. Each of them puts tests/ on its path first.

files       what lies at a path, and sets of files by path
tree        the builder of a tree of services, and what can be seen of its store from outside
recovery    the model: which files a recovery may touch, and whether it owes the rollback command
running     starts the program under test, waits for what it left behind
tracing     strace: which calls it makes, and a kill at one of them
stories     random stories: told from a seed, and made shorter as long as they still fail
program     options, a directory on a tmpfs, cases side by side
scratch     finds that tmpfs
disks       a file system in an image, whose power can be cut
"""
