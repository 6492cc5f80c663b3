"""Lay a policy on the archive's bucket that refuses every deletion. Runs once with the administrator's key; again changes nothing.

An administrator can take the policy away again, and SeaweedFS lets its administrators delete in bulk past it:
it binds the keys of the API and the worker.
"""
import json
import os
import sys
from urllib.parse import urlsplit

from archive.adapters.objects_s3 import make_client


def policy(bucket: str) -> str:
    """Return the policy as S3 takes it (Amazon S3 policy language, 2012-10-17)."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{
        "Sid": "NobodyDeletes", "Effect": "Deny", "Principal": "*", "Action": ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        "Resource": [f"arn:aws:s3:::{bucket}/*"]}]})


def main() -> int:
    url = urlsplit(os.environ.get("CASETRAIL_OBJECTS_URL", ""))
    if url.scheme != "s3":
        print("CASETRAIL_OBJECTS_URL names no bucket", file=sys.stderr)
        return 2
    make_client().put_bucket_policy(Bucket=url.netloc, Policy=policy(url.netloc))
    print(f"deletions are refused in {url.netloc}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
