"""Items are read once more where a person has said what they are: the kind of a paper decides which facts are looked for in it."""
from __future__ import annotations

from archive.model.correction import Said
from archive.model.fact import Enriched
from archive.wiring import Archive
from ingest.fence import Fence, Finished, Job
from ingest.given import Given

BATCH = 100


def learn_said(archive: Archive) -> int:
    """Learn anew from every item of which a person has said its kind, day or clients and that was not read so yet; return how many they were.

    Their words are not extracted again.  One that cannot be learned from is left as it was read; the next call tries it again.
    """
    from ingest.pipeline import context_of

    wanted = archive.catalogue.unlearned()
    if not wanted:
        return 0
    count = 0
    with Fence(1, context_of(archive)) as fence:
        for start in range(0, len(wanted), BATCH):
            said = dict(wanted[start:start + BATCH])
            learned: list[tuple[str, Said, Enriched]] = []
            for item, identified, extracted in archive.catalogue.readings_of(list(said)):
                given = Given(item.name, item.place.path, item.place.inner, item.declared_mime, item.modified_at, item.client_given, depth=item.depth,
                              said=said[item.record_id])
                fence.submit(Job(item.record_id, given, kind="enrich", extracted=extracted, identified=identified))
            while not fence.idle():
                learned += [(event.key, said[event.key], event.enriched) for event in fence.poll(0.2) if isinstance(event, Finished) and event.enriched]
            archive.catalogue.keep_said(learned)
            count += len(learned)
    return count
