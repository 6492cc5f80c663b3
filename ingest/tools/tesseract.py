"""Tesseract (Debian: tesseract-ocr and tesseract-ocr-deu …), called as a program: words with their boxes and how surely they were read.

It gets one grey picture on its standard input and is ended when its time is over.  It runs on one processor (`OMP_THREAD_LIMIT=1`: more
of them gain little and cost the other workers), in the process group of the worker, so that the fence ends it with the worker.
"""
from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM = "tesseract"
COLUMN, BLOCK, SPARSE, ORIENTATION = 4, 6, 11, 0
"""How a picture is laid out (tesseract's page segmentation modes): lines one below the other, one block, words anywhere, direction only."""


class Failed(Exception):
    """The program ended with an error or gave what is no answer: something is wrong with the picture or the installation."""


class TooSlow(Exception):
    """The program did not end within its time."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read. `confidence` is 0..1; the box in pixels from the top left; `block`, `paragraph` and `line` count from 1."""
    text: str
    confidence: float
    left: int
    top: int
    width: int
    height: int
    block: int
    paragraph: int
    line: int


@functools.cache
def program() -> str:
    """Return the full name of the program, "" where it is not installed."""
    return shutil.which(PROGRAM) or ""


@functools.cache
def languages() -> frozenset[str]:
    """Return the languages (ISO 639-2/T codes as tesseract names them) that can be read here; empty where it cannot be called."""
    if not program():
        return frozenset()
    try:
        done = subprocess.run([program(), "--list-langs"], capture_output=True, timeout=20, check=False, env=_environment())
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset(re.findall(r"^([a-z]{3}(?:_\w+)?)$", done.stdout.decode("utf-8", "replace"), re.MULTILINE))


def available() -> bool:
    """Say whether text can be recognised here: the program and at least one language."""
    return bool(languages() - {"osd", "equ"})


def words(picture: Image, language: str, dpi: int, layout: int, seconds: float) -> list[Word]:
    """Return the words of a grey picture, in the order of its lines. Raises Failed, TooSlow."""
    out = _run(picture, ["-l", language, "--psm", str(layout), "--dpi", str(dpi), "-c", "tessedit_create_tsv=1"], seconds)
    return words_of(out)


def words_of(tsv: str) -> list[Word]:
    """Return the words of a table as the program prints it (tesseract(1), "tsv"); lines of another form are left out."""
    found: list[Word] = []
    for line in tsv.split("\n")[1:]:
        fields = line.split("\t", 11)
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        try:
            _, _, block, paragraph, row, _, left, top, width, height = map(int, fields[:10])
            confidence = float(fields[10])
        except ValueError:
            continue
        found.append(Word(fields[11].strip(), max(0.0, min(confidence / 100, 1.0)), left, top, width, height, block, paragraph, row))
    return found


@dataclass(frozen=True, slots=True)
class Lie:
    """How a picture lies: by how many degrees clockwise it must be turned to stand upright (None when that does not show), and its script."""
    clockwise: int | None
    script: str


def lie(picture: Image, dpi: int, seconds: float) -> Lie:
    """Return how a picture lies, by a program that knows the shapes of scripts but no words. Raises TooSlow."""
    if "osd" not in languages():
        return Lie(None, "")
    try:
        out = _run(picture, ["-l", "osd", "--psm", str(ORIENTATION), "--dpi", str(dpi)], seconds)
    except Failed:  # "Too few characters"
        return Lie(None, "")
    turn, surely = re.search(r"Rotate: (\d+)", out), re.search(r"Orientation confidence: ([\d.]+)", out)
    script, as_surely = re.search(r"Script: (\w+)", out), re.search(r"Script confidence: ([\d.]+)", out)
    return Lie(int(turn[1]) % 360 if turn and surely and float(surely[1]) >= 1.0 else None,
               script[1] if script and as_surely and float(as_surely[1]) >= 1.0 else "")


def _run(picture: Image, options: list[str], seconds: float) -> str:
    header = f"P5\n{picture.width} {picture.height}\n255\n".encode()  # PGM: nothing to pack or to unpack
    try:
        done = subprocess.run([program() or PROGRAM, "stdin", "stdout", *options], input=header + picture.convert("L").tobytes(),
                              capture_output=True, timeout=max(seconds, 0.1), check=False, env=_environment())
    except subprocess.TimeoutExpired as error:
        raise TooSlow(f"tesseract did not end within {seconds:.0f} seconds") from error
    except OSError as error:
        raise Failed("tesseract cannot be started") from error
    if done.returncode != 0:
        raise Failed(f"tesseract ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"}
