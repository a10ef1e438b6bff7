"""Notes, keys and numbers as somebody would write them who wants them to be read otherwise."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallyroom.errors import CannotTrust
from tallyroom.log.checkpoint import Checkpoint, parse_checkpoint
from tallyroom.log.keys import COSIGNATURE, ED25519, SignerKey, VerifierKey, parse_signer, parse_verifier
from tallyroom.log.note import Note, Signature, open_note, parse_note, sign
from tallyroom.log.strict import number, unbase64
from tests.log.making import ORIGIN, tree_of
from tests.log.witness import Witness

KEY = SignerKey(ORIGIN, bytes(range(32)))
OTHER = SignerKey(ORIGIN, bytes(range(1, 33)))
TEXT = Checkpoint(ORIGIN, 300, tree_of(300).root()).text
SIGNED = sign(TEXT, [KEY]).data
WITNESS = Witness()


def test_a_note_is_opened_by_the_key_that_signed_it() -> None:
    opened = open_note(SIGNED, [KEY.verifier])
    assert opened.text == TEXT
    assert [str(key) for key, _ in opened.verified] == [str(KEY.verifier)]


def test_a_note_with_two_signatures_of_which_one_is_bad_falls() -> None:
    note = parse_note(SIGNED)
    bad = Signature(OTHER.name, OTHER.verifier.id + KEY.sign(TEXT)[4:])
    both = Note(TEXT, (*note.signatures, bad)).data
    with pytest.raises(CannotTrust, match="does not hold"):
        open_note(both, [KEY.verifier, OTHER.verifier])
    # To whoever does not know the second key its line says nothing.
    assert open_note(both, [KEY.verifier]).others == (bad,)


def test_the_signature_of_another_key_under_the_same_name_is_nobodys() -> None:
    with pytest.raises(CannotTrust, match="None of the known keys"):
        open_note(sign(TEXT, [OTHER]).data, [KEY.verifier])


def test_two_different_signatures_by_one_key_are_refused() -> None:
    """A cosigner's lines differ by their time: nobody could say which of the two times holds."""
    first = WITNESS.cosignature(TEXT)
    second = Witness(time=WITNESS.time + 1).cosignature(TEXT)
    note = Note(TEXT, (first, second)).data
    with pytest.raises(CannotTrust, match="Two different signatures"):
        open_note(note, [WITNESS.key])


def test_the_same_line_twice_counts_once() -> None:
    line = parse_note(SIGNED).signatures[0].line
    assert len(open_note(SIGNED + line.encode(), [KEY.verifier]).verified) == 1


def test_two_keys_of_one_name_and_id_are_refused() -> None:
    class Collision(VerifierKey):
        """Four bytes of a hash are soon found twice."""

        @property
        def id(self) -> bytes:
            return KEY.verifier.id

    with pytest.raises(CannotTrust, match="Two keys are called"):
        open_note(SIGNED, [KEY.verifier, Collision(ORIGIN, ED25519, OTHER.verifier.public)])
    with pytest.raises(CannotTrust, match="Two keys are called"):
        open_note(SIGNED, [KEY.verifier, KEY.verifier])
    assert open_note(SIGNED, [WITNESS.key, WITNESS.key, KEY.verifier]).verified  # one that nobody asks for


def test_a_cosignature_over_another_checkpoint_falls() -> None:
    other = Checkpoint(ORIGIN, 299, tree_of(299).root()).text
    with pytest.raises(CannotTrust, match="does not hold"):
        open_note(Note(TEXT, (WITNESS.cosignature(other),)).data, [WITNESS.key])


def test_a_cosignature_with_another_time_falls() -> None:
    blob = WITNESS.cosignature(TEXT).blob
    later = Signature(WITNESS.name, blob[:4] + (int.from_bytes(blob[4:12], "big") + 1).to_bytes(8, "big") + blob[12:])
    with pytest.raises(CannotTrust, match="does not hold"):
        open_note(Note(TEXT, (later,)).data, [WITNESS.key])


def test_a_logs_own_signature_is_no_cosignature() -> None:
    """The same key under type 1 and type 4 has two ids, and signs two different messages."""
    as_witness = VerifierKey(ORIGIN, COSIGNATURE, KEY.verifier.public)
    moved = Signature(ORIGIN, as_witness.id + bytes(8) + KEY.sign(TEXT)[4:])
    with pytest.raises(CannotTrust, match="does not hold"):
        open_note(Note(TEXT, (moved,)).data, [as_witness])


def test_a_cosignature_of_what_is_no_checkpoint_falls() -> None:
    text = "Not a checkpoint.\n"
    with pytest.raises(CannotTrust, match="does not hold"):
        open_note(Note(text, (WITNESS.cosignature(text),)).data, [WITNESS.key])


BROKEN_NOTES = {
    "the last line is not ended": SIGNED[:-1],
    "no empty line": SIGNED.replace(b"\n\n", b"\n"),
    "nothing after the empty line": TEXT.encode() + b"\n",
    "a line that is no signature": SIGNED + b"and so on\n",
    "a hyphen for the dash": SIGNED.replace("—".encode(), b"-"),
    "two spaces": SIGNED.replace(f"{ORIGIN} ".encode(), f"{ORIGIN}  ".encode()),
    "a tab for the space": SIGNED.replace("— ".encode(), "—\t".encode()),
    "CRLF": SIGNED.replace(b"\n", b"\r\n"),
    "a null": SIGNED.replace(b"300", b"300\x00"),
    "not UTF-8": b"\xff" + SIGNED,
    "a UTF-8 surrogate": b"\xed\xa0\x80" + SIGNED,
    "a no-break space in the name": SIGNED.replace(b"results.", "results\u00a0.".encode()),
    "an empty name": SIGNED.replace(f"— {ORIGIN} ".encode(), "—  ".encode()),
    "a plus in the name": SIGNED.replace(f"— {ORIGIN} ".encode(), f"— {ORIGIN}+ ".encode()),
    "a signature of four bytes": TEXT.encode() + f"\n— {ORIGIN} AAAAAA==\n".encode(),
    "base64 with a line break": SIGNED[:-20] + b"\n" + SIGNED[-20:],
    "base64 for addresses": SIGNED.replace(b"+", b"-").replace(b"/", b"_"),
    "base64 without padding": SIGNED[:-2].rstrip(b"=") + b"\n",
    "nothing": b"",
    "only empty lines": b"\n\n\n\n",
}


@pytest.mark.parametrize("broken", BROKEN_NOTES)
def test_a_malformed_note_is_refused(broken: str) -> None:
    with pytest.raises(CannotTrust):
        open_note(BROKEN_NOTES[broken], [KEY.verifier])


def test_a_note_is_refused_at_any_bit_that_is_flipped() -> None:
    keys = [KEY.verifier]
    for at in range(len(SIGNED)):
        for bit in range(8):
            flipped = bytearray(SIGNED)
            flipped[at] ^= 1 << bit
            with pytest.raises(CannotTrust):
                open_note(bytes(flipped), keys)


def test_base64_is_read_only_as_it_is_written() -> None:
    assert unbase64("AAE=", "it") == b"\x00\x01"
    for bad in (
        "AAF=",
        "AAE",
        "AAE==",
        "A AE=",
        "AAE=\n",
        "\nAAE=",
        "AAE=AAE=",
        "ÄAE=",
        "AAE=" + "\u200b",
        "-_E=",
        "A",
    ):
        with pytest.raises(CannotTrust):
            unbase64(bad, "it")


@given(st.binary(max_size=80))
def test_what_base64_wrote_is_read_again(data: bytes) -> None:
    assert unbase64(base64.b64encode(data).decode(), "it") == data


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        " 1",
        "1 ",
        "01",
        "00",
        "1_000",
        "1e3",
        "1.0",
        "0x1",
        "١٢",
        "१",
        "1\n",
        "²",
        str(2**64),
        "9" * 5000,
    ],
)
def test_a_number_is_read_only_in_plain_digits(text: str) -> None:
    with pytest.raises(CannotTrust):
        number(text, "the size")
    with pytest.raises(CannotTrust):
        parse_checkpoint(TEXT.replace("300", text))


def test_the_smallest_and_the_largest_numbers_are_read() -> None:
    assert number("0", "it") == 0
    assert number(str(2**64 - 1), "it") == 2**64 - 1


def test_a_checkpoint_is_lines_by_line_feeds_only() -> None:
    """`splitlines` would see other lines here than the signer did."""
    text = f"an\u2028origin\x85\n5\n{TEXT.splitlines()[2]}\n"
    assert parse_checkpoint(text).origin == "an\u2028origin\x85"
    for broken in (TEXT + "\n", "\n" + TEXT, TEXT[:-1], TEXT.replace("\n", "\x0b"), "a\n5\n", TEXT + "x\n\ny\n"):
        with pytest.raises(CannotTrust):
            parse_checkpoint(broken)


def test_a_checkpoint_of_others_keeps_its_extension_lines() -> None:
    checkpoint = parse_checkpoint(TEXT + "an extension\n")
    assert checkpoint.extensions == ("an extension",)
    assert checkpoint.text == TEXT + "an extension\n"


def test_a_key_is_refused_wherever_one_letter_is_changed() -> None:
    text = str(KEY.verifier)
    for at in range(len(text)):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        with pytest.raises(CannotTrust):
            parse_verifier(changed)
    for shortened in (text[at:] for at in range(1, len(text))):
        with pytest.raises(CannotTrust):
            parse_verifier(shortened)


def test_a_secret_key_is_not_shown_where_it_cannot_be_read() -> None:
    secret = KEY.secret()
    assert parse_signer(secret) == KEY
    assert secret[-44:] not in repr(KEY)
    for at in range(len(secret)):
        changed = secret[:at] + ("A" if secret[at] != "A" else "B") + secret[at + 1 :]
        with pytest.raises(CannotTrust) as raised:
            parse_signer(changed)
        assert secret[-30:] not in str(raised.value)


def test_nothing_is_signed_that_could_not_be_read_again() -> None:
    for text in ("no line feed", "a\rb\n", "a\x00\n"):
        with pytest.raises(ValueError, match="line feed"):
            sign(text, [KEY])
