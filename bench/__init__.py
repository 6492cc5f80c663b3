"""What is timed: side by side with a peer or a bound in one run, never in a test. `make bench` runs `python -m bench`.

    mails      the mails of a folder, as mbox files for us and as a Maildir for the peer
    measure    one command: wall time, and the peak memory of its whole process tree
    peers      the bound (read, hash and parse with the standard library) and notmuch
    searching  queries by kind, in process and from the shell
"""
