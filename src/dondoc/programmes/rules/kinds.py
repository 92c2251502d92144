"""What a task is given for, where its words say so; most say nothing and are to be carried out."""

import re

from dondoc.common.folding import searchable
from dondoc.programmes.enums import TaskKind

# "Để biết, thực hiện" is to be carried out, and so is what the unit reports or asks others about on the way.
_INFORM = re.compile(r"\bde biet\b(?!(?: va| de)? (?:phoi hop |to chuc |chi dao |trien khai |theo doi )*thuc hien)")
_CONSULT = re.compile(
    r"^(?:de nghi )?(?:cac [^.;]{3,80} )?(?:de |gui |nghien cuu |xem xet )*(?:(?:xin|cho|co|tham gia|dong gop) y kien|gop y)\b"
    r"|\bde (?:xin|cho) y kien\b"
)
_REPORT = re.compile(r"^bao cao (?!vien\b)|\bde bao cao\b")


def kind_of(text: str) -> TaskKind:
    """By the task's own words: "để biết", "cho ý kiến", "báo cáo …"."""
    folded = searchable(text.replace(",", " "))
    if _CONSULT.search(folded):
        return TaskKind.CONSULT
    if _REPORT.search(folded):
        return TaskKind.REPORT
    return TaskKind.INFORM if _INFORM.search(folded) else TaskKind.EXECUTE
