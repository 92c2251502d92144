"""Forms that many units sent by other ways, taken in one after the other by those who receive them: what is wrong with one stops no other."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.services import kept
from dondoc.reporting.models import Campaign, Return, Submission
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.services import handing, uploading
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.reporting.services.uploading import Uploaded
from dondoc.reporting.unit_files.reading import read_form
from dondoc.units.rules import Actor

NOTHING = Uploaded()


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of one file. ``problem``: why it, or handing it in, was refused; "" where all went well."""

    name: str
    report: Return | None = None
    unit_name: str = ""
    done: Uploaded = NOTHING
    handed_in: bool = False
    problem: str = ""


def collect(
    *, actor: Actor, campaign: Campaign, name: str, data: bytes, at: datetime, received_on: date | None = None
) -> Collected:
    """Write a unit's file into its draft; with the day of receipt hand it in for the unit where nothing stands in the way.

    :raises NotAllowed: the person does not receive the campaign's reports.
    """
    if not may_run(actor, campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    try:
        filled = read_form(data)
    except Refused as refusal:
        return Collected(name, problem=refusal.message)
    stamp = filled.stamp
    report = (
        campaign.returns.select_related("campaign__programme", "group__template__template", "unit")
        .filter(unit=stamp.unit)
        .first()
    )
    if report is None:
        return Collected(name, unit_name=stamp.unit_name, problem=f"{stamp.unit_name} không phải nộp báo cáo trong đợt này.")
    unit_name = report.unit.name
    try:
        done = uploading.upload(actor=actor, report=report, filled=filled, at=at, on_behalf=True, file_name=name)
    except Refused as refusal:
        return Collected(name, report, unit_name, problem=refusal.message)
    if not received_on or not done.is_clean:
        return Collected(name, report, unit_name, done)
    try:
        hand_in_for(actor=actor, report=report, at=at, received_on=received_on, file=SimpleUploadedFile(name, data))
    except Refused as refusal:
        return Collected(name, report, unit_name, done, problem=refusal.message)
    return Collected(name, report, unit_name, done, handed_in=True)


def hand_in_for(*, actor: Actor, report: Return, at: datetime, received_on: date, file: UploadedFile | None = None) -> Submission:
    """Hand a report in on its unit's behalf; the file that came is kept beside the receipt.

    :raises Refused: as :func:`~dondoc.reporting.services.handing.submit`; then a new file is not kept.
    """
    with kept(file, actor) as stored:
        return handing.submit(actor=actor, report=report, token=uuid4(), at=at, received_on=received_on, file=stored)
