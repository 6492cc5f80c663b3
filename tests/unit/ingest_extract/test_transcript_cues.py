"""WebVTT, SubRip and SBV: voices, names before colons, sentences over several cues, broken files."""
from __future__ import annotations

from builders.readings import messages, reading


def test_voices_are_speakers_and_tags_and_settings_are_gone() -> None:
    text = ("WEBVTT - Review\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE by Kay\n\n1\n00:00.000 --> 00:00:06.133 align:start\n"
            "<v.loud Karen Doe>Thanks &amp; <b>hello</b>.</v>\n\n00:00:06.733 --> 00:00:08.533\n<v Tim>Loud <00:00:07.000>and clear.</v>\n")
    identified, read = reading(text, "c/x.vtt")
    assert identified.format == "vtt" and messages(read) == [("00:00:00.000", "Karen Doe", "Thanks & hello."), ("00:00:06.733", "Tim", "Loud and clear.")]
    assert read.text.startswith("Review\nKind: captions\nby Kay\n\n[00:00:00.000] Karen Doe: Thanks") and "color" not in read.text
    assert [p.name for p in read.participants] == ["Karen Doe", "Tim"] and read.metadata["transcript:length"] == "00:00:08.533"


def test_a_sentence_over_several_cues_of_one_speaker_is_one_turn() -> None:
    text = ("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Ann>we will give notice\n\n00:00:02.000 --> 00:00:04.000\n<v Ann>in March.\n\n"
            "00:00:04.000 --> 00:00:05.000\n<v Ann>Good.\n\n00:00:05.000 --> 00:00:06.000\n<v Bob>and\n\n00:00:20.000 --> 00:00:21.000\n<v Bob>then\n")
    assert [m[1:] for m in messages(reading(text, "x.vtt")[1])] == [("Ann", "we will give notice in March."), ("Ann", "Good."), ("Bob", "and"),
        ("Bob", "then")]


def test_names_before_colons_are_speakers_where_they_come_back() -> None:
    text = "1\n00:00:00,000 --> 00:00:04,267\nWiesinger: Frau F, ist das in Ordnung?\n\n2\n00:00:04,867 --> 00:00:06,667\nFährmann: Ja: machen Sie.\n"
    identified, read = reading(text, "x.srt")
    assert identified.format == "srt" and [m[1:] for m in messages(read)] == [("Wiesinger", "Frau F, ist das in Ordnung?"), ("Fährmann", "Ja: machen Sie.")]


def test_broken_times_cost_no_words_and_are_told() -> None:
    text = ("WEBVTT\n\n00:00:00.500 --> 00:00:07.000\none\n\n00:00:07.000 --> 00:00:1d.890\ntwo\n\nthree\n\n"
            "00:00:11.890 --> 00:00:16.320\n00:00:11.890 --> 00:00:16.320\nfour\n\n00:01 -->\n")
    _, read = reading(text, "x.vtt")
    assert [m[2] for m in messages(read)][:4] == ["one", "two", "three", "four"] and [m[0] for m in messages(read)][:2] == ["00:00:00.500", ""]
    assert "times of cues are broken" in read.outcome.note  # type: ignore[union-attr]


def test_sbv_and_identifiers_are_read() -> None:
    identified, read = reading("0:00:00.378,0:00:11.378\none\ntwo\n\n0:00:11.378,0:00:12.305\nthree\n", "x.sbv")
    assert identified.format == "sbv" and [m[2] for m in messages(read)] == ["one\n  two", "three"]
    _, read = reading("WEBVTT\n\nintro cue\n00:01.000 --> 00:02.000\n1984\n\n00:02.000 --> 00:03.000\nnine\n", "x.vtt")
    assert [m[2] for m in messages(read)] == ["1984", "nine"]


def test_tables_of_tokens_become_utterances() -> None:
    identified, read = reading("token|speaker|ts|endTs|punctuation|case\nGood|0|1.5|1.8||UC\nday|0|||.|LC\nThanks|1|3.0||,|UC\nall|1|||.|LC\n", "c/4.nlp")
    assert identified.format == "transcript-tokens" and messages(read) == [("00:00:01.500", "Speaker 0", "Good day."), ("00:00:03.000", "Speaker 1",
        "Thanks, all.")]
