"""What sets the two forms apart, as data. Sizes in points, lengths in twips (a twentieth of a point)."""

from dataclasses import dataclass

from dondoc.common.official.paper import Form

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP = MARGIN_BOTTOM = 1134
MARGIN_LEFT = 1701
HEADER_DISTANCE = 567
PAGE_NUMBER = 14
BODY = 14
FIRST_LINE = 720
PARAGRAPH_SPACE = 6
TABLE = 12
SMALL_TABLE = 10
CELL_SPACE = 2
LETTERHEAD_LEFT = 3500
SIGNATURE_SPACE = 4
FONT = "Times New Roman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """``nation``: the lines at the right above, the last of which has a rule of its own width, ``nation_width`` ems long.

    ``line_height``: exact, in points, or a multiple of the line where it is below 5. ``ends``: how the body ends.
    """

    margin_right: int
    nation: tuple[tuple[str, float], ...]
    nation_width: float
    superior: float
    issuer: float
    star: bool
    number: float
    title: float
    subject: float
    letter_subject: float
    letter_subject_italic: bool
    letter_subject_prefix: str
    line_height: float
    heading: str
    ends: str
    post_bold: bool
    recipients_label: float
    recipients: float
    kept: str

    @property
    def text_width(self) -> int:
        return PAGE_WIDTH - MARGIN_LEFT - self.margin_right


LOOKS = {
    Form.STATE: Look(
        margin_right=1134,
        nation=(("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), ("Độc lập - Tự do - Hạnh phúc", 14)),
        nation_width=12.22,
        superior=13,
        issuer=13,
        star=False,
        number=13,
        title=14,
        subject=14,
        letter_subject=12,
        letter_subject_italic=False,
        letter_subject_prefix="V/v ",
        line_height=1.15,
        heading="{}. ",
        ends="./.",
        post_bold=True,
        recipients_label=12,
        recipients=11,
        kept="Lưu: ",
    ),
    Form.PARTY: Look(
        margin_right=851,
        nation=(("ĐẢNG CỘNG SẢN VIỆT NAM", 15),),
        nation_width=13.74,
        superior=14,
        issuer=14,
        star=True,
        number=14,
        title=16,
        subject=14,
        letter_subject=12,
        letter_subject_italic=True,
        letter_subject_prefix="",
        line_height=18,
        heading="{}- ",
        ends=".",
        post_bold=False,
        recipients_label=14,
        recipients=12,
        kept="Lưu ",
    ),
}
