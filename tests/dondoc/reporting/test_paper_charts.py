"""Charts for print: grey, sharp, the same each time, in Vietnamese."""

import io
from decimal import Decimal

import pytest
from PIL import Image

from dondoc.reporting.paper.charts import DPI, FONT, picture_of
from dondoc.reporting.rules.charts import Bar, Chart

BARS = (Bar("Năm 2024", Decimal("45.5"), "45,5%"), Bar("Năm 2025", Decimal(70), "70,0%"))
CHART = Chart("Tỷ lệ trẻ em biết bơi", "%", BARS, Decimal(60), "từ 60% trở lên")
OWING = Bar("Năm 2025", None, "chưa có")


def opened(chart: Chart) -> Image.Image:
    return Image.open(io.BytesIO(picture_of(chart)))


def darkness(picture: Image.Image) -> int:
    """How many dots are not white."""
    return sum(picture.convert("L").histogram()[:250])


def test_it_is_grey_and_sharp_enough_for_print() -> None:
    picture = opened(CHART)
    assert (picture.format, picture.mode) == ("PNG", "L")
    assert picture.size[0] / DPI == pytest.approx(6.3)
    assert [round(one) for one in picture.info["dpi"]] == [300, 300]


def test_the_same_facts_give_the_same_bytes() -> None:
    first = picture_of(CHART)
    picture_of.cache_clear()
    assert picture_of(CHART) == first


@pytest.mark.parametrize(
    "other",
    [
        Chart("", "%", BARS, Decimal(60), "từ 80% trở lên"),
        Chart("", "%", BARS),
        Chart("", "lớp", BARS, Decimal(60), "từ 60% trở lên"),
        Chart("", "%", (BARS[0], OWING), Decimal(60), "từ 60% trở lên"),
        Chart("", "%", (BARS[0], Bar("Năm 2025", Decimal(0), "0,0%")), Decimal(60), "từ 60% trở lên"),
        Chart("", "%", BARS, Decimal(65), "từ 60% trở lên"),
    ],
    ids=["words of the target", "no target", "measure", "no figure", "nought", "height of the target"],
)
def test_each_fact_is_drawn(other: Chart) -> None:
    assert picture_of(other) != picture_of(CHART)


def test_no_figure_is_no_bar_of_height_zero() -> None:
    nought = Chart("", "%", (BARS[0], Bar("Năm 2025", Decimal(0), "0")))
    owed = Chart("", "%", (BARS[0], Bar("Năm 2025", None, "0")))
    assert darkness(opened(owed)) > darkness(opened(nought))


@pytest.mark.parametrize(
    "bars", [(OWING,), (Bar("Năm 2025", Decimal(0), "0"),), (Bar("Năm 2025", Decimal("12345678.5"), "12.345.678,5"),)]
)
def test_nothing_and_much_can_be_drawn(bars: tuple[Bar, ...]) -> None:
    assert darkness(opened(Chart("", "trẻ em", bars))) > 1000


def test_the_font_has_every_vietnamese_letter() -> None:
    from pathlib import Path

    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    known = FT2Font(str(Path(get_data_path()) / "fonts" / "ttf" / FONT)).get_charmap()
    assert {letter for letter in letters + letters.upper() + "0123456789.,%:" if ord(letter) not in known} == set()
