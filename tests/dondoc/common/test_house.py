from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from dondoc.common import slots


def render(template: str, /, **facts: Any) -> str:
    return Template(template).render(Context(facts))


def test_filters_need_no_loading_and_give_nothing_for_nothing() -> None:
    shown = render(
        "{{ d|day }}|{{ none|day }}|{{ n|number }}|{{ none|number }}|{{ z|number }}", d=date(2025, 9, 9), n=1234.5, none=None, z=0
    )
    assert shown == "09/9/2025||1.234,5||0"


def test_an_icon_points_into_the_sprite_and_is_hidden_from_readers() -> None:
    shown = render('{% icon "send" %}')
    assert 'href="/static/icons.svg#send"' in shown
    assert 'aria-hidden="true"' in shown


@pytest.mark.parametrize(("key", "icon"), [("over", "alert-triangle"), ("done", "circle-check"), ("none", "infinity")])
def test_a_badge_has_colour_icon_and_word(key: str, icon: str) -> None:
    shown = render("{% badge key words %}", key=key, words="Quá hạn 3 ngày & hơn")
    assert f'class="st {key}"' in shown
    assert f"#{icon}" in shown
    assert "Quá hạn 3 ngày &amp; hơn" in shown


def test_a_source_chip_without_an_address_is_no_link() -> None:
    assert render('{% source "mục III.2.b" %}') == '<span class="src">mục III.2.b</span>'
    assert render('{% source "mục III.2.b" "/van-ban/1/" %}') == '<a class="src" href="/van-ban/1/">mục III.2.b</a>'


@pytest.mark.parametrize(("value", "words"), [(0.90, "Chắc 90"), (0.89, "Khá 89"), (0.60, "Khá 60"), (0.59, "Thấp 59")])
def test_confidence_changes_its_word_at_the_thresholds(value: float, words: str) -> None:
    assert words in render("{% confidence value %}", value=value)


def test_no_confidence_is_not_low_confidence() -> None:
    assert render("{% confidence value %}", value=None) == ""


def test_a_strip_draws_only_what_there_is() -> None:
    shown = render("{% strip done=60 late=4 over=1 idle=0 %}")
    assert shown.count("<rect") == 3
    assert '<rect class="late" x="221.54" y="0" width="13.27" height="9">' in shown
    assert "style=" not in shown
    assert render("{% strip done=0 %}") == ""


def test_a_bar_tells_its_figures_without_a_style_attribute() -> None:
    assert render('{% bar 14 22 "chỉ tiêu" %}') == (
        '<progress class="bar " value="14" max="22" aria-label="chỉ tiêu">14/22</progress>'
    )


def test_symbols_and_periods_stay_in_one_piece() -> None:
    shown = render("{{ text|unbroken }}", text="theo 72-NQ/TW, 208/KH-UBND giai đoạn 2021 - 2025 <b>")
    assert '<span class="nw">208/KH-UBND</span>' in shown
    assert '<span class="nw">72-NQ/TW</span>' in shown
    assert "2021\u00a0-\u2060\u00a02025" in shown
    assert "&lt;b&gt;" in shown


def test_a_slot_shows_what_an_upper_app_puts_there(rf: RequestFactory) -> None:
    slots.fill("tests.slot", _filler)
    try:
        shown = Template('{% slot "tests.slot" thing %}').render(
            Context({"request": rf.get("/"), "thing": SimpleNamespace(pk=7)})
        )
    finally:
        slots._fillers.pop("tests.slot")
    assert shown == '<a href="/7">Mở</a>'


def _filler(_request: object, subject: Any) -> str:
    return f'<a href="/{subject.pk}">Mở</a>'


def test_a_slot_is_filled_once_by_the_same_function(rf: RequestFactory) -> None:
    filler: Callable[..., str] = _filler
    slots.fill("tests.twice", filler)
    slots.fill("tests.twice", filler)
    try:
        assert slots.render("tests.twice", rf.get("/"), SimpleNamespace(pk=1)) == ['<a href="/1">Mở</a>']
    finally:
        slots._fillers.pop("tests.twice")
