"""What the archive answers: the functions that the command line and the HTTP routes both call.

    custody      every read and export becomes a custody event before anything is handed out
    clients      the directory
    records      one record, lists of records, texts, facts, originals
    histories    what follows from a client's records: history, disputes, win-back brief, audit
    sources      the count proof
    bundles      what leaves the house
    checks       is every part there and ready
    keys         API keys

Each takes the archive and a viewer.  What a viewer may not see is filtered inside the query; asked for by name it is NotFound, told
in the same words as what does not exist.
"""
