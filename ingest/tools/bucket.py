"""Buckets of an S3 server from which items are taken (boto3): the client, and how it fails.

Endpoint, region and keys are taken from where boto3 takes them (docs/settings.md).
"""
from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archive.errors import BadSettings, CasetrailError, StoreFull, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

AGAIN = "Nothing is lost: the same command goes on from there when it answers."
_REFUSED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed"}


class Changed(Exception):
    """The object is gone, or is another one by now; or a claim is somebody else's."""


def client() -> S3Client:
    """Return a client of the server in the environment. Raises BadSettings."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError

    try:
        session = boto3.Session()
        return session.client("s3", region_name=session.region_name or "us-east-1", config=Config(
            signature_version="s3v4", s3={"addressing_style": "path"}, connect_timeout=5, read_timeout=60, tcp_keepalive=True,
            retries={"total_max_attempts": 4, "mode": "standard"}, request_checksum_calculation="when_required",
            response_checksum_validation="when_required"))
    except (BotoCoreError, ValueError) as error:
        raise _unusable() from error


@contextmanager
def asking(bucket: str) -> Iterator[None]:
    """Turn what boto3 raises into errors that callers know; a condition that does not hold, or an object that is gone, is Changed."""
    from botocore import exceptions as boto

    try:
        yield
    except boto.ClientError as error:
        raise _answered(error, bucket) from error
    except (boto.NoCredentialsError, boto.PartialCredentialsError, boto.CredentialRetrievalError, boto.ProfileNotFound, boto.InvalidConfigError,
            boto.ConfigParseError, boto.InvalidRegionError, boto.NoRegionError) as error:
        raise _unusable() from error
    except (boto.BotoCoreError, OSError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise StoreFull("There is no space left for temporary files.", "Free some, or set TMPDIR to a folder with more.") from error
        raise Unavailable(f"The server of the bucket {bucket} cannot be reached just now.", AGAIN) from error


def _unusable() -> BadSettings:
    return BadSettings("The bucket cannot be used with the endpoint and keys given.",
                       "Set AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or a profile).")


def _answered(error: Any, bucket: str) -> CasetrailError | Changed:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    if code == "NoSuchBucket":
        return Unavailable(f"There is no bucket {bucket}.", "Check its name and the endpoint.")
    if status in (404, 409, 412) or code in ("NoSuchKey", "PreconditionFailed", "ConditionalRequestConflict"):
        return Changed()
    if code in _REFUSED or status in (401, 403):
        return Unavailable(f"The server refuses what was asked of the bucket {bucket} with the keys given.",
                           "Check the keys, the rights they carry (docs/operations.md), and the clock.")
    return Unavailable(f"The server could not do what was asked of the bucket {bucket}.", AGAIN)
