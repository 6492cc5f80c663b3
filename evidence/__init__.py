"""What leaves the house, and how anybody can check it.

names          file names that are safe on every system
tables         the table of records for people (CSV) and for machines (JSON lines)
bag            the parts of a BagIt bag: manifests, bag-info, Payload-Oxum
sealing        a ZIP that is written beside its target, and put in place only when whole
bundle         the evidence bundle: originals, texts, metadata, history, custody events
verdict        what a check found, and what it could not check
bundle_check   a bundle against its own manifests
agreement      the catalogue against the index
archive_check  the whole archive: objects, catalogue and index against one another, the custody log against its chain
"""

from evidence.archive_check import ArchiveVerdict, Repair, verify_archive
from evidence.bundle import BundleSummary, write_bundle
from evidence.bundle_check import BundleVerdict, verify_bundle

__all__ = ["ArchiveVerdict", "BundleSummary", "BundleVerdict", "Repair", "verify_archive", "verify_bundle", "write_bundle"]
