"""A PDF that acts, carries or hides something is refused, however it is written."""

import random
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from sla.ground import uploads
from sla.ground.decoder import pdfs
from sla.ground.decoder.verdicts import Unfit, Verdict
from tests.applications import files
from tests.uploads import hostile


def verdict_on(content: bytes) -> Verdict:
    """Return what the decoder says, asked in this process."""
    try:
        assert pdfs.examine(content, "pdf") == content
    except Unfit as unfit:
        return unfit.verdict
    return Verdict.FIT


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (files.pdf(then=files.with_script), "脚本、附件"),
        (files.pdf(then=files.with_password), "密码"),
        (files.pdf(101), "100页"),
        (files.pdf(0), "打不开"),
        (b"%PDF-1.7", "打不开"),
        (hostile.page_tree_in_a_circle(), "打不开"),
    ],
    ids=["script", "password", "pages", "no page", "no PDF", "circle"],
)
def test_a_refusal_says_what_to_do(content, sentence):
    with pytest.raises(ValidationError) as caught:
        uploads.clean(files.upload(content, "a.pdf"))

    (said,) = caught.value.message_dict["upload"]
    assert sentence in said
    assert "：" in said


# -- What is fit ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "content",
    [
        files.pdf(100),
        hostile.pdf(hostile.PLAIN),
        hostile.packed_pdf({5: b"<< /Title (JavaScript) >>"}),
        hostile.pdf({**hostile.PLAIN, 5: b"<< /URI (https://a.cn/JS/Launch) >>"}),
        hostile.tables_in_a_circle(),
    ],
    ids=["100 pages", "plain", "packed", "words only", "tables in a circle"],
)
def test_an_honest_pdf_is_fit(content):
    assert verdict_on(content) == Verdict.FIT


# -- What acts or carries ------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        files.with_script,
        files.with_attachment,
        files.with_launch,
        files.with_escaped_script,
        files.with_xfa,
    ],
    ids=lambda change: change.__name__,
)
def test_a_pdf_that_acts_or_carries_something(change):
    assert verdict_on(files.pdf(then=change)) == Verdict.ACTING


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [(b"/JavaScript", b"/Java#53cript"), (b"/JS", b"/J#53"), (b"/S ", b"/#53 ")],
)
def test_a_script_that_is_spelled_in_another_way(plain, escaped):
    content = files.pdf(then=files.with_escaped_script)
    assert plain in content

    assert verdict_on(content.replace(plain, escaped)) == Verdict.ACTING


def test_a_file_below_the_names_of_the_names():
    assert verdict_on(hostile.tree_of_attachments()) == Verdict.ACTING


@pytest.mark.parametrize(
    "script",
    [
        hostile.SCRIPT,
        b"<< /S /Java#53cript /J#53 (1) >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Type /EmbeddedFile >>",
    ],
)
def test_what_is_packed_into_an_object_stream(script):
    reached = hostile.packed_pdf({5: script}, root=b"/OpenAction 5 0 R")
    unreached = hostile.packed_pdf({5: b"<< >>", 6: script})
    assert b"Script" not in reached

    assert verdict_on(reached) == Verdict.ACTING
    assert verdict_on(unreached) == Verdict.ACTING


# -- What no table leads to ----------------------------------------------------------
def test_a_script_that_no_table_leads_to():
    stray = b"\n99 0 obj << /S /JavaScript /JS (1) >> endobj\n%%EOF"

    assert verdict_on(files.pdf() + stray) == Verdict.ACTING


@pytest.mark.parametrize("name", [b"/ObjStm", b"/Obj#53tm"])
def test_a_packed_script_that_no_table_leads_to(name):
    packed = hostile.packed_objects({5: hostile.SCRIPT}).replace(b"/ObjStm", name)
    stray = b"\n99 0 obj\n%s\nendobj\n" % packed

    assert verdict_on(hostile.pdf(hostile.PLAIN) + stray) == Verdict.ACTING


@pytest.mark.parametrize(
    ("packed", "verdict"),
    [
        (hostile.packed_objects({5: b"1"}).replace(b"Flate", b"LZW"), Verdict.TANGLED),
        (
            hostile.packed_objects({5: b"1"}).replace(
                b"/Filter", b"/DecodeParms 8 0 R /Filter"
            ),
            Verdict.TANGLED,
        ),
        (hostile.stream(b"/Type /ObjStm", b"\0" * 40_000_000), Verdict.TANGLED),
        (
            b"\n".join([hostile.stream(b"/Type /ObjStm", b"\0" * 9_000_000)] * 4),
            Verdict.TANGLED,
        ),
        (
            b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nno\nendstream",
            Verdict.BROKEN_PDF,
        ),
    ],
    ids=["LZW", "predicted", "bomb", "four bombs", "broken"],
)
def test_an_object_stream_that_cannot_be_looked_into(packed, verdict):
    content = hostile.pdf({**hostile.PLAIN, 5: packed})

    assert verdict_on(content) == verdict


def test_a_script_beside_the_table_itself():
    content = files.pdf().replace(b"trailer\n<<", b"trailer\n<< /X << /J#53 1 0 R >>")

    assert verdict_on(content) == Verdict.ACTING


# -- Passwords -----------------------------------------------------------------------
def test_a_pdf_with_a_password():
    assert verdict_on(files.pdf(then=files.with_password)) == Verdict.ENCRYPTED


# -- Pages and labyrinths ------------------------------------------------------------
def test_more_pages_than_were_declared():
    assert verdict_on(hostile.many_pages_called_one(100)) == Verdict.FIT
    assert verdict_on(hostile.many_pages_called_one(101)) == Verdict.TOO_MANY_PAGES
    assert verdict_on(hostile.many_pages_called_one(5000)) == Verdict.TOO_MANY_PAGES


@pytest.mark.parametrize(
    ("pages", "verdict"),
    [
        (b"<< /Type /Pages /Kids [] /Count 0 >>", Verdict.BROKEN_PDF),
        (b"<< /Kids [3 0 R] /Count 99999999999 >>", Verdict.TOO_MANY_PAGES),
        (b"<< /Kids [%s] /Count 1 >>" % (b"2 0 R " * 50_000), Verdict.BROKEN_PDF),
        (b"[3 0 R]", Verdict.BROKEN_PDF),
        (b"2 0 R", Verdict.BROKEN_PDF),
        (b"[" * 100_000, Verdict.BROKEN_PDF),
    ],
    ids=["none", "declared", "50,000 circles", "no tree", "itself", "deep"],
)
def test_pages_that_lead_nowhere(pages, verdict):
    assert verdict_on(hostile.pdf({**hostile.PLAIN, 2: pages})) == verdict


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\n" + b"garbage " * 50])
def test_a_pdf_that_is_none(content):
    assert verdict_on(content) == Verdict.BROKEN_PDF


def test_a_pdf_with_too_many_objects_or_too_slow(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_OBJECTS", 3)
    assert verdict_on(files.pdf(20)) == Verdict.TANGLED
    monkeypatch.undo()
    monkeypatch.setattr(pdfs, "MOST_SECONDS", -1.0)
    assert verdict_on(files.pdf()) == Verdict.TANGLED


@pytest.mark.parametrize(
    ("trouble", "raised"), [(RecursionError, Unfit), (MemoryError, MemoryError)]
)
def test_an_object_that_cannot_be_read(trouble, raised, monkeypatch):
    class Stumbling(PdfReader):
        def get_object(self, reference):
            if reference == self.trailer.raw_get("/Info"):
                raise trouble
            return super().get_object(reference)

    monkeypatch.setattr(pdfs, "PdfReader", Stumbling)

    with pytest.raises(raised):
        pdfs.examine(files.pdf(), "pdf")


def test_memory_that_ends_while_a_pdf_is_opened_is_no_fault_of_the_pdf(monkeypatch):
    def exhausted(*_what: object, **_else: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pdfs, "PdfReader", exhausted)

    with pytest.raises(MemoryError):
        pdfs.examine(files.pdf(), "pdf")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_pdf_is_refused_or_kept_but_nothing_else(seed):
    dice = random.Random(seed)
    damaged = bytearray(
        dice.choice(
            [
                files.pdf(3, then=files.with_escaped_script),
                files.pdf(3),
                hostile.packed_pdf({5: b"<< /A [1 2 3] >>"}),
            ]
        )
    )
    for _ in range(dice.randint(1, 12)):
        damaged[dice.randrange(8, len(damaged))] = dice.randrange(256)

    if verdict_on(bytes(damaged)) == Verdict.FIT:
        assert len(PdfReader(BytesIO(bytes(damaged))).pages) <= pdfs.MOST_PAGES
