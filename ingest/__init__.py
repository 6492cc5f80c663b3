"""The writing half: from a source to the index.

    sources/    met      where items come from; names and bytes, nothing else
    pipeline    stored   the bytes go to the object store under their digest, the place to the catalogue
    fence       ------   what follows runs in worker processes that may hang, crash or burst
    identify/   what     which format the bytes have, and on what basis
    extract/    read     text, pages, participants, children; children go back to the front door
    enrich/     learned  kind, dates, client, facts, each with its basis
    pipeline    kept     results go to the catalogue, which draws what follows for families, threads and copies
    feed        indexed  the change log of the catalogue is written to the index

Extractors and enrichers see no store, no index and no catalogue.
"""
