"""The values of the archive: frozen, without I/O, understood by every other package.

    digest     hash of bytes, and the layout of the object store that follows from it
    item       one message, attachment or file as it came; its places and its family
    outcome    the four ways in which a step ends
    extracted  what reading an item gave: text, pages, segments, participants, children
    fact       one thing learned, with citations and basis
    record     an item with what was learned about it
    client     the directory of clients and their identifiers
    query      what the search index is asked
    viewer     who asks, and what that person may see
    custody    the append-only events of the archive
    run        the count proof of one ingest run
"""
