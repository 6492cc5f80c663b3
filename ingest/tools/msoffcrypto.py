"""msoffcrypto-tool: Office files with a password, opened with one that was given (ECMA-376 agile and standard, RC4 of older files)."""
from __future__ import annotations

import contextlib
import io
import logging

DEFAULT = "VelvetSweatshop"
"""What Excel itself uses where a workbook is only protected against changes: it opens without asking."""


class WrongPassword(Exception):
    """None of the passwords opens it."""


class NotKnown(Exception):
    """The method of encryption is not known, or the file is damaged."""


def opened(content: bytes, passwords: tuple[str, ...]) -> tuple[bytes, bool]:
    """Return the file without its encryption, and whether a given password was needed. Raises WrongPassword, NotKnown."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    logging.getLogger("msoffcrypto").setLevel(logging.CRITICAL)
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
    except MemoryError:
        raise
    except Exception as error:
        raise NotKnown("its encryption cannot be understood") from error
    unknown: Exception | None = None
    for password in (DEFAULT, *passwords):
        out = io.BytesIO()
        try:
            file.load_key(password=password, verify_password=True) if _verifies(file) else file.load_key(password=password)
            file.decrypt(out)
        except (InvalidKeyError, DecryptionError) as error:
            if "unsupported" in str(error).lower():
                unknown = error
            continue
        except MemoryError:
            raise
        except FileFormatError as error:
            raise NotKnown("its encryption cannot be understood") from error
        except Exception as error:  # what the library makes of a wrong key in older files
            unknown = error
            continue
        if out.tell():
            return out.getvalue(), password != DEFAULT
    if unknown is not None and not passwords:
        raise NotKnown("its encryption cannot be understood") from unknown
    raise WrongPassword


def _verifies(file: object) -> bool:
    """Say whether the library can check a password before it decrypts with it."""
    with contextlib.suppress(AttributeError, TypeError):
        import inspect
        return "verify_password" in inspect.signature(file.load_key).parameters  # type: ignore[attr-defined]
    return False
