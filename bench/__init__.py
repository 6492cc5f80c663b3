"""What is timed: side by side with a peer or a bound in one run, never in a test. `make bench` runs `python -m bench`.

    mails      the mails of a folder, as mbox files for us and as a Maildir for the peer
    measure    one command: wall time, and the peak memory of its whole process tree
    peers      the bound (read, hash and parse with the standard library) and notmuch
    searching  queries by kind, in process, from the shell, and on Elasticsearch beside the bare request
    relevance  how good the ranking is: nDCG@10 and recall@20 on cases, meetings and clauses
    scale      search over a million generated records (`python -m bench.scale`)
    fuzz       a hundred thousand random queries (`python -m bench.fuzz`)
"""
