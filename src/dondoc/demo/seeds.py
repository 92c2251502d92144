"""The five source documents, where they lie beside the project, handed in where they belong: Lạng Sơn and Điện Biên."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.demo.people import PASSWORD, SINCE
from dondoc.documents import services as documents
from dondoc.units.access import actor_of
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, Unit
from dondoc.units.services.loading import load_agencies, load_units


@dataclass(frozen=True, slots=True)
class Office:
    """Who hands in the documents whose file names begin with ``prefix``. The person is invented."""

    prefix: str
    province: str
    unit: str
    username: str
    position: str


OFFICES = (
    Office("lang-son", "20", "vp-ubnd", "langson", "Chuyên viên Văn phòng UBND tỉnh Lạng Sơn"),
    Office("dien-bien", "11", "vptu", "dienbien", "Chuyên viên Văn phòng Tỉnh ủy Điện Biên"),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a file."""

    name: str
    outcome: str


def hand_in_seeds(folder: Path) -> Iterator[Handed]:
    """Hand in every text of ``folder`` that one of the offices answers for, and read it."""
    for office in OFFICES:
        person, unit = _open_office(office)
        for path in sorted(folder.glob(f"{office.prefix}*.txt")):
            yield Handed(path.name, _hand_in(path, person, unit))


@transaction.atomic
def _open_office(office: Office) -> tuple[Person, Unit]:
    """The province's units, and the invented person who works there; made where they are missing."""
    load_units([office.province])
    load_agencies(Unit.objects.get(code=office.province))
    unit = Unit.objects.get(code=f"{office.province}:{office.unit}")
    person = Person.objects.filter(username=office.username).first()
    if person is None:
        person = Person.objects.create_user(office.username, PASSWORD, full_name=office.position)
        Membership.objects.create(
            person=person, unit=unit, role=Role.PROVINCIAL_OFFICE, position=office.position, valid_from=SINCE
        )
    return person, unit


def _hand_in(path: Path, person: Person, unit: Unit) -> str:
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    try:
        taken = documents.hand_in(
            actor=actor_of(person, clock.today()), unit=unit, upload=upload, at=clock.now(), restricted=True
        )
    except Refused as refused:
        return refused.message
    documents.read(document_id=taken.document.pk)
    taken.document.refresh_from_db()
    return taken.document.failure or taken.document.get_state_display()
