"""pi-heif, where it is installed: pictures of telephones (HEIC, ISO/IEC 23008-12) for Pillow.

The package decodes only: its wheel holds libheif and libde265 (LGPL). That of the better known pillow-heif also holds an encoder under the GPL.
"""
from __future__ import annotations

import functools
import importlib.util

PACKAGE = "the package pi-heif (pip install 'casetrail[heic]')"


@functools.cache
def available() -> bool:
    return importlib.util.find_spec("pi_heif") is not None


@functools.cache
def register() -> None:
    """Let Pillow open such pictures: the main picture only, no thumbnails, in this thread."""
    import pi_heif
    pi_heif.options.DECODE_THREADS = 1
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
