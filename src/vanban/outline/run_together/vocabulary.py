"""What the narrow columns of a table of work say: bodies, groups of bodies, times; as a tree of bare words.

A cell is read word by word through the tree. Where a word is damaged, the tree tells which one it must have been.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vanban.lexicon.folding import fold, words_of
from vanban.lexicon.tables import group_words, phrase, rows, variants
from vanban.outline.run_together.fuzzy import EXACT, cost
from vanban.outline.run_together.layer import bare
from vanban.outline.tables import Role
from vanban.spans import Span

_GROUPS = (
    "các sở, ban, ngành, địa phương liên quan", "các sở, ban, ngành, địa phương có liên quan", "các sở, ban, ngành, địa phương",
    "các sở, ban, ngành tỉnh", "các sở, ban, ngành liên quan", "các sở, ban, ngành có liên quan", "các sở, ngành liên quan", "các sở, ngành, địa phương",
    "các sở, ngành, địa phương liên quan", "các sở, ban, ngành, đơn vị liên quan", "các sở, ban, ngành", "các sở, ngành",
    "các bộ, ngành, địa phương", "các bộ, ngành, địa phương liên quan", "các bộ, ngành liên quan", "các bộ, cơ quan, địa phương", "các bộ, ngành",
    "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "các bộ, cơ quan liên quan", "các bộ, ngành, cơ quan, địa phương liên quan",
    "các cơ quan, đơn vị liên quan", "các cơ quan, đơn vị có liên quan", "các cơ quan, đơn vị, địa phương", "các cơ quan liên quan", "các đơn vị liên quan",
    "các cơ quan, đơn vị", "các tổ chức chính trị - xã hội", "các cơ quan, đơn vị, địa phương liên quan", "các địa phương liên quan",
    "UBND các xã, phường", "UBND các xã, phường, thị trấn", "UBND các xã, phường, đặc khu", "UBND cấp xã", "UBND các huyện, thành phố",
    "UBND các huyện, thị xã, thành phố", "UBND các tỉnh, thành phố", "UBND các tỉnh, thành phố trực thuộc Trung ương", "UBND các xã", "Ủy ban nhân dân các xã, phường",
    "Ủy ban nhân dân các tỉnh, thành phố", "các đảng ủy trực thuộc Tỉnh ủy", "các cơ quan tham mưu, giúp việc Tỉnh ủy", "các ban đảng Tỉnh ủy",
    "các cấp ủy, tổ chức đảng", "các địa phương", "các xã, phường", "các doanh nghiệp", "các tổ chức, cá nhân liên quan", "cấp ủy các cấp",
    "các cơ quan, tổ chức, đơn vị có liên quan", "các cơ quan, tổ chức, đơn vị liên quan", "các cơ quan, tổ chức có liên quan", "cơ quan, tổ chức có liên quan",
    "cơ quan, đơn vị liên quan", "cơ quan, đơn vị có liên quan", "cơ quan, tổ chức, đơn vị có liên quan", "các bộ, ngành, cơ quan, tổ chức có liên quan",
    "các bộ, ngành, cơ quan có liên quan", "UBND cấp tỉnh", "Ủy ban nhân dân cấp tỉnh", "UBND các cấp", "Ủy ban nhân dân các cấp", "Ủy ban nhân dân cấp xã",
    "cơ sở khám bệnh, chữa bệnh", "các cơ sở khám bệnh, chữa bệnh", "các cơ sở giáo dục", "chính quyền các cấp",
)  # fmt: skip
_PERSONS = (
    "Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch Thường trực UBND tỉnh", "các Phó Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy",
    "Phó Bí thư Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy", "Thủ tướng Chính phủ", "Phó Thủ tướng Chính phủ", "Giám đốc Sở", "Lãnh đạo UBND tỉnh",
)  # fmt: skip
_TIMES = (
    "thường xuyên", "thực hiện thường xuyên", "hằng năm", "hàng năm", "hằng năm và từng giai đoạn", "hằng quý", "hằng tháng",
    "hàng quý", "hàng tháng", "từ năm 0", "từ quý 0", "năm 0", "năm 0 và các năm tiếp theo", "0 và các năm tiếp theo", "và các năm tiếp theo", "các năm tiếp theo",
    "từ năm 0 và các năm tiếp theo", "quý 0", "quý 0 năm 0", "tháng 0", "tháng 0 năm 0", "từ tháng 0", "đến năm 0", "trước ngày 0", "trước 0", "xong trước ngày 0",
    "hoàn thành trước ngày 0", "ngày 0", "từ ngày 0", "giai đoạn 0", "giai đoạn 0 - 0", "trong quý 0", "trong năm 0", "trong tháng 0", "cả năm", "cuối năm 0", "đầu năm 0", "0",
    "0 - 0", "từ năm 0 - 0", "từ 0 đến 0", "từ năm 0 đến năm 0", "hoàn thành trong năm 0", "hoàn thành trong quý 0", "trước tháng 0", "trước quý 0", "liên tục", "định kỳ",
    "định kỳ hằng năm", "6 tháng, hằng năm", "theo kế hoạch", "theo tiến độ", "theo lộ trình", "theo yêu cầu", "khi có yêu cầu", "sau khi có hướng dẫn", "tháng 0 hằng năm",
    "trước ngày 0 tháng 0 hằng năm", "theo quy định", "quý 0 hằng năm", "năm 0 - 0", "thường xuyên, liên tục", "tháng 0 - 0",
)  # fmt: skip
_MARKS = " ,;.:-–"
_LONE = {"xuyên": "thường xuyên"}
"""A word of a time that tells by itself what stood before it."""
FIGURE = "0"
"""The word of the tree that any figure, or a quarter in Roman figures, is read as."""


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree.

    What may follow, by bare word and by syllable; whether a name may end here; how the word that leads here is written; and
    the bare word that the names through here begin with.
    """

    number: int
    word: str
    shown: str
    following: dict[str, "Node"] = field(default_factory=dict)
    ends: bool = False
    syllables: dict[str, "Node"] = field(default_factory=dict)
    first: str = ""


class Tree:
    """Names as sequences of bare words, each remembered as it is written."""

    def __init__(self, names: Iterable[Sequence[tuple[str, str]]]) -> None:
        self.nodes = [Node(0, "", "")]
        self._pairs: dict[int, list[tuple[Node, str]]] = {}
        for name in names:
            self._add(name)

    @property
    def root(self) -> Node:
        """Where every name begins."""
        return self.nodes[0]

    def _add(self, name: Sequence[tuple[str, str]]) -> None:
        node = self.root
        for word, shown in name:
            if word not in node.following:
                node.following[word] = Node(len(self.nodes), word, shown, first=node.first or word)
                self.nodes.append(node.following[word])
            node.syllables.setdefault(fold(shown.strip(_MARKS)), node.following[word])
            node = node.following[word]
        node.ends = True

    def path(self, name: Sequence[str]) -> list[Node]:
        """The places that the bare words of ``name`` lead through; none where it is no name of the tree."""
        found = [self.root]
        for word in name:
            held = found[-1].following.get(word)
            if held is None:
                return []
            found.append(held)
        return found[1:] if found[-1].ends else []

    def after(self, node: Node, word: str) -> list[tuple[float, Node]]:
        """Where ``word`` of the text may lead from ``node``, and what each costs; one word may be two or three run into one."""
        exact = node.following.get(word)
        if exact is not None:
            return [(EXACT, exact)]
        found = [(price, held) for held in node.following.values() if (price := cost(word, held.word)) is not None]
        if not found and len(word) > 4:
            found = [(price + 0.2, held) for held, joined in self._joined(node) if (price := cost(word, joined)) is not None]
        return found

    def after_damaged(self, node: Node, heard: "Heard") -> list[tuple[float, Node]]:
        """Where a damaged word may lead from ``node``: ``heard`` is what it may have been, one syllable or two run into one."""
        found = [(heard.single[syllable], node.syllables[syllable]) for syllable in heard.single.keys() & node.syllables.keys()]
        for (first, second), price in heard.pairs.items():
            held = node.syllables.get(first)
            if held is not None and second in held.syllables:
                found.append((price, held.syllables[second]))
        found += [(price, held) for words, price in heard.glued.items() if (held := self._walk(node, words)) is not None]
        return found

    def _joined(self, node: Node) -> list[tuple[Node, str]]:
        """The places two or three words on from ``node``, with those words run together."""
        if node.number not in self._pairs:
            self._pairs[node.number] = _joined(node)
        return self._pairs[node.number]

    def _walk(self, node: Node, words: Iterable[str]) -> Node | None:
        """Where ``words`` lead from ``node``."""
        held: Node | None = node
        for word in words:
            held = held.syllables.get(fold(word.strip(_MARKS))) if held else None
        return held


@dataclass(frozen=True, slots=True)
class Heard:
    """What a damaged word may have been, each at a price; ``glued``: the beginnings of names that it may be."""

    single: Mapping[str, float]
    pairs: Mapping[tuple[str, str], float]
    glued: Mapping[tuple[str, ...], float] = field(default_factory=dict)


def _joined(node: Node) -> list[tuple[Node, str]]:
    """The places two or three words on, with those words run together."""
    two = [(second, first.word + second.word) for first in node.following.values() for second in first.following.values()]
    return two + [(third, joined + third.word) for second, joined in two for third in second.following.values()]


def _written(name: str) -> list[tuple[str, str]]:
    """The words of ``name``: bare, and as written with the mark behind them."""
    found: list[tuple[str, str]] = []
    for word in name.split():
        if bare(word):
            found.append((bare(word), word))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {word}")
    return found


@lru_cache(maxsize=4)
def tree_of(role: Role) -> Tree:
    """The tree of what stands in a column of ``role``."""
    if role is Role.TIME:
        lone = [[(bare(word), shown)] for word, shown in _LONE.items()]
        return Tree([*(_written(name) for name in _TIMES), *lone])
    names = [*_GROUPS, *_bodies(), *(_PERSONS if role is Role.SUPERVISOR else ())]
    return Tree([_written(name) for name in names])


def _bodies() -> list[str]:
    """Every body of the lexicon, by its name and its short forms, with their capitals."""
    found: list[str] = []
    for row in rows("agencies"):
        if row["id"] == "-":
            continue
        for name in [row["name"], *filter(None, row["aliases"].split(";"))]:
            found.append(name)
            found.extend(_shown(name, form) for form in sorted(variants(phrase(name))))
    return found


def _shown(name: str, form: Sequence[str]) -> str:
    """The words of ``form`` with the capitals that they have in ``name``; a short form in capitals."""
    words = words_of(name, Span(0, len(name)))
    capitals = {word: name[words.starts[i] : words.ends[i]] for i, word in reversed(list(enumerate(words.words)))}
    shown = " ".join(capitals.get(word, word.upper() if _is_short(word) else word) for word in form)
    return shown.replace(" ,", ",")


def _is_short(word: str) -> bool:
    return word in {
        "ubnd",
        "hđnd",
        "ubmttq",
        "mttq",
        "chqs",
        "bđbp",
        "bhxh",
        "vhttdl",
        "khcn",
        "nnmt",
        "gdđt",
        "ptth",
        "vn",
        "mttqvn",
    }


@lru_cache(maxsize=1)
def open_starts() -> frozenset[str]:
    """The bare words that a body's name may begin with, known or not."""
    return frozenset(
        bare(name.split()[0]) for name in (*_GROUPS, *_bodies(), *(" ".join(words) for words in group_words()["open"]))
    ) | {"don", "doi", "to", "phong"}


@lru_cache(maxsize=1)
def time_starts() -> frozenset[str]:
    """The bare words that a time may begin with."""
    return frozenset(bare(name.split()[0]) for name in _TIMES) - {FIGURE}
