"""Files as people and attackers hand them in, made in memory."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image


def pdf(pages: int = 1, *, size: tuple[int, int] = (595, 842)) -> bytes:
    """Make a PDF of blank pages."""
    return saved(document(pages, size=size))


def document(pages: int = 1, *, size: tuple[int, int] = (595, 842)) -> pikepdf.Pdf:
    """Make a document that can still be changed."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=size)
    return made


def saved(made: pikepdf.Pdf, *, password: str = "", owner: str = "") -> bytes:
    """Save a document, with passwords if given."""
    sink = io.BytesIO()
    if password or owner:
        made.save(sink, encryption=pikepdf.Encryption(user=password, owner=owner or password))
    else:
        made.save(sink)
    return sink.getvalue()


def picture(form: str = "JPEG", *, size: tuple[int, int] = (300, 200), **options: object) -> bytes:
    """Make a picture with a gradient, so that it does not compress to nothing."""
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    sink = io.BytesIO()
    made.save(sink, form, **options)
    return sink.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """Make a PNG of some kilobytes that would unpack to gigabytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000_000), 9)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def archive() -> bytes:
    """Make a ZIP archive."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as held:
        held.writestr("run.exe", b"MZ" + bytes(100))
    return sink.getvalue()


def name(text: str) -> pikepdf.Name:
    """Make a PDF name."""
    return pikepdf.Name(text)


def with_javascript() -> bytes:
    """Make a PDF that runs a script when opened."""
    made = document()
    action = pikepdf.Dictionary(S=name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    made.Root.OpenAction = made.make_indirect(action)
    return saved(made)


def with_launch() -> bytes:
    """Make a PDF whose page starts a program, by an action written inside an annotation."""
    made = document()
    made.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=name("/Annot"),
                Subtype=name("/Link"),
                Rect=[0, 0, 10, 10],
                A=pikepdf.Dictionary(S=name("/Launch"), F=pikepdf.String("cmd.exe")),
            )
        ]
    )
    return saved(made)


def with_attachment() -> bytes:
    """Make a PDF that carries another file."""
    made = document()
    made.attachments["run.exe"] = b"MZ" + bytes(100)
    return saved(made)


def with_link() -> bytes:
    """Make a harmless PDF: a link and a first page to open at."""
    made = document(2)
    made.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=name("/Annot"),
                Subtype=name("/Link"),
                Rect=[0, 0, 10, 10],
                A=pikepdf.Dictionary(
                    S=name("/URI"), URI=pikepdf.String("https://www.court.gov.cn")
                ),
            )
        ]
    )
    made.Root.OpenAction = pikepdf.Array([made.pages[1].obj, name("/Fit")])
    return saved(made)


def without_typeface() -> bytes:
    """Make a Chinese PDF that names its typeface (SimSun) and does not carry it."""
    made = document(size=(300, 200))
    glyphs = pikepdf.Dictionary(
        Type=name("/Font"),
        Subtype=name("/CIDFontType0"),
        BaseFont=name("/SimSun"),
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2
        ),
    )
    face = pikepdf.Dictionary(
        Type=name("/Font"),
        Subtype=name("/Type0"),
        BaseFont=name("/SimSun"),
        Encoding=name("/UniGB-UCS2-H"),
        DescendantFonts=pikepdf.Array([glyphs]),
    )
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=face))
    text = "民事起诉状".encode("utf-16-be").hex().encode()
    made.pages[0].Contents = made.make_stream(b"BT /F1 30 Tf 20 100 Td <" + text + b"> Tj ET")
    return saved(made)


def deeply_nested() -> bytes:
    """Make a PDF with a direct value nested far deeper than any program writes."""
    inner = b"[" * 400 + b"]" * 400
    return pdf().replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + inner, 1)


def operator_bomb(mebibytes: int) -> bytes:
    """Make a PDF of some kilobytes whose page draws for minutes."""
    made = document()
    drawing = zlib.compressobj(9)
    step = b" 0 0 m 99 99 l S" * 65_536
    packed = b"".join(drawing.compress(step) for _ in range(mebibytes)) + drawing.flush()
    content = made.make_stream(b"")
    content.write(packed, filter=name("/FlateDecode"))
    made.pages[0].Contents = content
    return saved(made)
