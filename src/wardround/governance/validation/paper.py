"""The report as a PDF: the same sections and pictures, for paper."""

from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wardround.governance.validation.content import Report
from wardround.governance.validation.picture import Area, Dot, Line, Picture, Words
from wardround.governance.validation.section import Section, Table

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.platypus import Flowable

_INK, _SOFT, _EDGE, _LINE = "#182220", "#4d5b58", "#808a86", "#dfddd4"
_COLOURS = {
    **dict.fromkeys(("model", "whisker", "band", "yes"), "#0d5a54"),
    **dict.fromkeys(("other", "all"), "#9c2018"),
    "third": "#744600",
    "grid": _LINE,
    "ink": _INK,
    "soft": _SOFT,
}
_WIDE = 495.0
_PICTURE = 0.6
_HIGHEST = 600.0
_SHOWN_AS = "A letter that this paper's font lacks is shown as ?; the HTML report has it."
_UNSET = str.maketrans({"≥": ">=", "≤": "<=", "−": "-", "→": "->"})  # noqa: RUF001


def paper(report: Report) -> bytes:
    """Return the report as a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    styles = _styles()
    parts: list[Flowable] = [
        Paragraph(_set(report.title), styles["title"]),
        Paragraph(_set(report.under), styles["hint"]),
    ]
    if _lacking(report):
        parts.append(Paragraph(_set(_SHOWN_AS), styles["hint"]))
    for section in report.sections:
        if section.heading.startswith("1."):
            parts.append(PageBreak())
        parts += _flowing(section, styles)
    file = BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=A4,
        title=report.title,
        leftMargin=50,
        rightMargin=50,
        topMargin=46,
        bottomMargin=50,
    ).build(parts, onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(_SOFT)
    canvas.drawRightString(545, 28, f"Page {document.page}")
    canvas.drawString(50, 28, _plain(document.title)[:90])


def _flowing(section: Section, styles: dict[str, Any]) -> "list[Flowable]":
    from reportlab.platypus import CondPageBreak, Paragraph, Spacer

    parts: list[Flowable] = [CondPageBreak(110), Paragraph(_set(section.heading), styles["head"])]
    parts += [Paragraph(_set(words), styles["text"]) for words in section.words]
    parts += [Paragraph(_set(words), styles["point"], bulletText="•") for words in section.points]
    if section.pictures:
        parts += [Spacer(1, 6), *_pictures(section.pictures, styles)]
    if section.table:
        parts += [Spacer(1, 6), _table(section.table, styles)]
    parts += [Spacer(1, 4), *(Paragraph(_set(words), styles["hint"]) for words in section.after)]
    return parts


def _pictures(pictures: list[Picture], styles: dict[str, Any]) -> "list[Flowable]":
    """Return pictures in pairs, each under its title."""
    from reportlab.platypus import Paragraph
    from reportlab.platypus import Table as Grid

    cells = []
    for one in pictures:
        caption = f"<b>{_set(one.title)}</b><br/>{_set(one.says)}"
        cells.append([Paragraph(caption, styles["cell"]), drawing(one)])
    pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    rows = [[*pair, ""][:2] for pair in pairs]
    grid = Grid(rows, colWidths=[_WIDE / 2] * 2, hAlign="LEFT")
    grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
    return [grid]


def _table(table: Table, styles: dict[str, Any]) -> "Flowable":
    from reportlab.platypus import Paragraph
    from reportlab.platypus import Table as Grid

    rows = [[Paragraph(_set(cell), styles["cell"]) for cell in row] for row in table.rows]
    if table.headed:
        rows.insert(0, [Paragraph(_set(cell), styles["column"]) for cell in table.head])
    parts = table.widths or [1.0, 5.0]
    widths = [_WIDE * part / sum(parts) for part in parts]
    repeated = 1 if table.headed else 0
    grid = Grid(rows, colWidths=widths, repeatRows=repeated, hAlign="LEFT", splitInRow=1)
    grid.setStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return grid


def drawing(picture: Picture, scale: float = _PICTURE) -> "Drawing":
    """Return the picture as a drawing for paper; a PDF counts from the foot of the page."""
    from reportlab.graphics.shapes import Drawing, Group

    scale = min(scale, _HIGHEST / picture.height)
    shapes = Group(*(_shape(shape, picture.height) for shape in picture.shapes))
    shapes.scale(scale, scale)
    return Drawing(picture.width * scale, picture.height * scale, shapes)


def _shape(shape: Any, height: float) -> Any:
    from reportlab.graphics import shapes

    colour = _colour(_COLOURS.get(shape.role, _EDGE))
    match shape:
        case Line(points, role, dashes):
            flat = [at for x, y in points for at in (x, height - y)]
            strokes = [float(one) for one in dashes.split()] or None
            width = 2.2 if role == "model" else 1.0 if role == "grid" else 1.5
            return shapes.PolyLine(
                flat, strokeColor=colour, strokeWidth=width, strokeDashArray=strokes
            )
        case Area(points, role):
            flat = [at for x, y in points for at in (x, height - y)]
            filled = {"band": 0.16, "no": 0.6}.get(role, 1.0)
            return shapes.Polygon(flat, fillColor=colour, fillOpacity=filled, strokeColor=None)
        case Dot((x, y), _):
            return shapes.Circle(x, height - y, 3.2, fillColor=colour, strokeColor=None)
        case Words((x, y), text, _, anchor, up):
            words = shapes.String(
                0, 0, _plain(text), fontSize=12, fillColor=colour, textAnchor=anchor
            )
            placed = shapes.Group(words)
            placed.translate(x, height - y)
            if up:
                placed.rotate(90)
            return placed


def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(name)


def _set(text: str) -> str:
    return escape(_plain(text))


def _plain(text: str) -> str:
    """Return a text in the characters that the font of every PDF reader has."""
    return text.translate(_UNSET).encode("cp1252", "replace").decode("cp1252")


def _lacking(report: Report) -> bool:
    """Whether a character of the report is shown as a question mark."""
    texts = [report.title, report.under]
    for one in report.sections:
        texts += [one.heading, *one.words, *one.points, *one.after]
        texts += [cell for row in (one.table.rows if one.table else []) for cell in row]
    return any(_plain(text) != text.translate(_UNSET) for text in texts)


def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    text = ParagraphStyle(
        "text", fontName="Helvetica", fontSize=9.5, leading=13, textColor=_INK, splitLongWords=1
    )
    bold = {"fontName": "Helvetica-Bold"}
    return {
        "text": ParagraphStyle("words", text, spaceAfter=3),
        "point": ParagraphStyle("point", text, leftIndent=12, spaceAfter=2),
        "hint": ParagraphStyle("hint", text, fontSize=8.5, leading=11.5, textColor=_SOFT),
        "cell": ParagraphStyle("cell", text, fontSize=8, leading=10),
        "column": ParagraphStyle("column", text, fontSize=8, leading=10, textColor=_SOFT, **bold),
        "title": ParagraphStyle("title", text, fontSize=19, leading=24, **bold),
        "head": ParagraphStyle("head", text, fontSize=12.5, leading=17, spaceBefore=12, **bold),
    }
