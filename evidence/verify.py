"""The two checks under one name: a bundle against its manifests, and the whole archive."""

from evidence.archive_check import ArchiveVerdict, verify_archive
from evidence.bundle_check import BundleVerdict, verify_bundle

__all__ = ["ArchiveVerdict", "BundleVerdict", "verify_archive", "verify_bundle"]
