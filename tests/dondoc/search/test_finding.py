"""Finding over the index: what is found, in which order, by whom."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from dondoc.search import queries, services, sources
from dondoc.search.models import Entry
from dondoc.search.sources import Found, Source
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

LogIn = Callable[[Person], Client]
ActorFor = Callable[[Person], Actor]
KIND = "paper"


class Papers:
    """An app that has papers to be found."""

    def __init__(self) -> None:
        self.held: dict[int, Found] = {}

    def describe(self, keys: object) -> Iterator[Found]:
        for key, found in self.held.items():
            if keys is None or key in keys:  # type: ignore[operator] # a collection of keys
                yield found

    def put(self, province: Unit, key: int, title: str, **facts: object) -> None:
        usual = {"open": True, "address": f"/giay/{key}/"}
        self.held[key] = Found(key=key, province_id=province.pk, title=title, **{**usual, **facts})  # type: ignore[arg-type]
        services.refresh({KIND: [key]})

    def drop(self, key: int) -> None:
        del self.held[key]
        services.refresh({KIND: [key]})


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> Papers:
    """The only source of these tests."""
    held = Papers()
    monkeypatch.setattr(sources, "_sources", {KIND: Source(KIND, "Giấy", held.describe)})
    return held


@pytest.fixture
def titles(owner: Person, actor_for: ActorFor) -> Callable[[str], list[str]]:
    """The titles that the owner finds, best first."""
    return lambda query: [entry.title for entry in queries.find(actor_for(owner), query).entries]


class TestWords:
    @pytest.mark.parametrize(
        "query",
        [
            "tổng kết",
            "tong ket",
            "TỔNG KẾT",
            "kết tổng",
            "tổng kế",
            '"tổng kết chương"',
            "208/KH-UBND",
            "208/kh",
            "208",
            "kh-ubnd",
        ],
    )
    def test_found(self, papers: Papers, province: Unit, titles: Callable[[str], list[str]], query: str) -> None:
        papers.put(province, 1, "Tổng kết Chương trình", mark="208/KH-UBND", body="Sở Y tế chủ trì")
        papers.put(province, 2, "Phòng, chống thiên tai", mark="9/CT-UBND")
        assert titles(query)[0] == "Tổng kết Chương trình"

    @pytest.mark.parametrize(
        "query", ["sơ kết", "209/KH-UBND", '"kết tổng"', "tổng kết thiên tai", "", "!!!", '"', "NEAR(", "'; --"]
    )
    def test_not_found(self, papers: Papers, province: Unit, titles: Callable[[str], list[str]], query: str) -> None:
        papers.put(province, 1, "Tổng kết Chương trình", mark="208/KH-UBND")
        papers.put(province, 2, "Phòng, chống thiên tai")
        assert titles(query) == []

    def test_the_number_comes_before_those_that_cite_it(
        self, papers: Papers, province: Unit, titles: Callable[[str], list[str]]
    ) -> None:
        papers.put(province, 1, "Thực hiện Kế hoạch 208/KH-UBND", body="208/KH-UBND " * 20, mark="5/BC-SYT")
        papers.put(province, 2, "Kế hoạch tổng kết", mark="208/KH-UBND")
        assert titles("208/KH-UBND") == ["Kế hoạch tổng kết", "Thực hiện Kế hoạch 208/KH-UBND"]

    def test_the_diacritics_that_were_typed_come_first(
        self, papers: Papers, province: Unit, titles: Callable[[str], list[str]]
    ) -> None:
        papers.put(province, 1, "Bạn hàng")
        papers.put(province, 2, "Bán hàng")
        papers.put(province, 3, "Ban Hằng")
        assert titles("bán hàng")[0] == "Bán hàng"
        assert titles("bạn hàng")[0] == "Bạn hàng"
        assert sorted(titles("ban hang")) == ["Ban Hằng", "Bán hàng", "Bạn hàng"]

    def test_a_title_weighs_more_than_a_text(self, papers: Papers, province: Unit, titles: Callable[[str], list[str]]) -> None:
        papers.put(province, 1, "Kế hoạch khác", body="khen thưởng và nhiều việc khác nữa của năm")
        papers.put(province, 2, "Khen thưởng")
        assert titles("khen thưởng") == ["Khen thưởng", "Kế hoạch khác"]


class TestKeeping:
    def test_what_changes_is_found_by_its_new_words_alone(
        self, papers: Papers, province: Unit, titles: Callable[[str], list[str]]
    ) -> None:
        papers.put(province, 1, "Dự thảo")
        papers.put(province, 1, "Bản ký")
        assert titles("dự thảo") == []
        assert titles("bản ký") == ["Bản ký"]

    def test_what_is_gone_is_not_found(self, papers: Papers, province: Unit, titles: Callable[[str], list[str]]) -> None:
        papers.put(province, 1, "Dự thảo")
        papers.drop(1)
        assert titles("dự thảo") == []

    def test_the_command_makes_the_index_anew(
        self, papers: Papers, province: Unit, titles: Callable[[str], list[str]], capsys: pytest.CaptureFixture[str]
    ) -> None:
        papers.put(province, 1, "Kế hoạch", on=date(2025, 8, 7))
        papers.put(province, 2, "Quyết định")
        Entry.objects.all().delete()
        assert titles("kế hoạch") == []

        call_command("index")

        assert "2 mục" in capsys.readouterr().out
        assert titles("kế hoạch") == ["Kế hoạch"]


class TestSight:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("owner", {"Mở", "Của Sở Y tế"}),
            ("colleague", {"Mở"}),
            ("office_specialist", {"Mở", "Của Sở Y tế", "Kín"}),
            ("stranger", set()),
        ],
    )
    def test_each_finds_what_they_may_see(
        self,
        papers: Papers,
        province: Unit,
        department: Unit,
        actor_for: ActorFor,
        request: pytest.FixtureRequest,
        who: str,
        sees: set[str],
    ) -> None:
        papers.put(province, 1, "Mở", body="chung")
        papers.put(province, 2, "Của Sở Y tế", body="chung", open=False, units=frozenset({department.pk}))
        papers.put(province, 3, "Kín", body="chung", open=False)

        found = queries.find(actor_for(request.getfixturevalue(who)), "chung")

        assert {entry.title for entry in found.entries} == sees
        assert found.counts == ({KIND: len(sees)} if sees else {})

    def test_a_closed_thing_opens_for_those_named(
        self, papers: Papers, province: Unit, other_department: Unit, colleague: Person, actor_for: ActorFor
    ) -> None:
        papers.put(province, 1, "Kín", open=False)
        assert not queries.find(actor_for(colleague), "kín").entries.exists()
        papers.put(province, 1, "Kín", open=False, units=frozenset({other_department.pk}))
        assert queries.find(actor_for(colleague), "kín").entries.exists()


class TestPage:
    def test_it_asks_for_words(self, owner: Person, log_in: LogIn) -> None:
        page = log_in(owner).get("/tim/").content.decode()
        assert "có dấu hay không dấu đều được" in page

    def test_it_says_that_nothing_was_found(self, owner: Person, log_in: LogIn) -> None:
        page = log_in(owner).get("/tim/", {"q": "<b>không"}).content.decode()
        assert "Không thấy “&lt;b&gt;không”" in page

    def test_it_shows_kinds_words_and_addresses(self, papers: Papers, province: Unit, owner: Person, log_in: LogIn) -> None:
        papers.put(province, 1, "Tổng <kết>", mark="208/KH-UBND", body="Sở Y tế tổng hợp", on=date(2025, 8, 7), place="UBND tỉnh")
        page = log_in(owner).get("/tim/", {"q": "tong"}).content.decode()
        for words in (
            'href="/giay/1/"',
            "<mark>Tổng</mark> &lt;kết&gt;",
            "<mark>tổng</mark> hợp",
            "208/KH-UBND",
            "07/8/2025",
            "Giấy",
        ):
            assert words in page

    def test_one_kind_alone(self, papers: Papers, province: Unit, owner: Person, log_in: LogIn) -> None:
        papers.put(province, 1, "Kế hoạch")
        client = log_in(owner)
        assert 'href="/giay/1/"' in client.get("/tim/", {"q": "kế", "loai": KIND}).content.decode()
        assert 'href="/giay/1/"' in client.get("/tim/", {"q": "kế", "loai": "nham"}).content.decode()

    @pytest.mark.parametrize("many", [1, 3])
    def test_queries(
        self,
        papers: Papers,
        province: Unit,
        owner: Person,
        log_in: LogIn,
        django_assert_num_queries: Callable[..., object],
        many: int,
    ) -> None:
        for key in range(many):
            papers.put(province, key, f"Kế hoạch {key}")
        client = log_in(owner)
        with django_assert_num_queries(5):  # type: ignore[attr-defined] # a context manager
            client.get("/tim/", {"q": "kế hoạch"})

    def test_nobody_enters_without_logging_in(self, client: Client) -> None:
        assert client.get("/tim/").status_code == 302
