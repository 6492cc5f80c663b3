"""What boto3 raises, as errors of the object store's port. Neither addresses nor keys get into their text."""
from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from archive.errors import BadSettings, CasetrailError, NotFound, StoreFull, Unavailable
from archive.model.digest import ObjectKey

AGAIN_LATER = "Nothing is lost: give the same command again when the store can be reached."

_FULL = {"InsufficientStorage", "InsufficientCapacity", "QuotaExceeded", "StorageFull", "XMinioStorageFull"}
_REFUSED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed"}


def code_of(error: Any) -> str:
    """Return the code of a ClientError: S3's name of what is wrong, or the HTTP status where the answer had no body (HEAD)."""
    return str(error.response.get("Error", {}).get("Code", ""))


def unusable() -> BadSettings:
    return BadSettings("The object store cannot be used with the endpoint and keys given.",
                       "Set AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile).")


@contextmanager
def mapped(key: ObjectKey | None = None) -> Iterator[None]:
    """Turn what boto3 raises into the errors of the port. Neither addresses nor keys get into their text."""
    from botocore import exceptions as boto

    try:
        yield
    except boto.ClientError as error:
        raise _answered(error, key) from error
    except (boto.NoCredentialsError, boto.PartialCredentialsError, boto.CredentialRetrievalError, boto.ProfileNotFound,
            boto.InvalidConfigError, boto.ConfigParseError, boto.InvalidRegionError, boto.NoRegionError) as error:
        raise unusable() from error
    except (boto.BotoCoreError, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise StoreFull("There is no space left for temporary files.", "Free some, or set TMPDIR to a folder with more.") from error
        raise Unavailable("The object store cannot be reached just now.", AGAIN_LATER) from error


def _answered(error: Any, key: ObjectKey | None) -> CasetrailError:
    code, status = code_of(error), error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if code == "NoSuchBucket":
        return Unavailable("The bucket of the object store does not exist.", "`casetrail setup` makes it; or mend CASETRAIL_OBJECTS_URL.")
    if key is not None and code in ("NoSuchKey", "404", "NotFound"):
        return NotFound(f"The store holds nothing under {key}.")
    if code in _FULL or status == 507:
        return StoreFull("The object store has no space left.", "Add space, then give the same command again: it goes on where it stopped.")
    if code in _REFUSED or status in (401, 403):
        return Unavailable("The object store refuses the keys it was given.",
                           "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the rights they carry, and the clock.")
    return Unavailable("The object store could not do what was asked.", AGAIN_LATER)
