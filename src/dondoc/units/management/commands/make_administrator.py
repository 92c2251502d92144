from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.units.models import Unit
from dondoc.units.services import people


class Command(BaseCommand):
    help = "Make someone the administrator of a province; prints a one-time password. The first person of an installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", help="code of the unit they work in (of the province itself: 20)")
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"no unit has the code {options['unit']}")
        try:
            _, password = people.make_first_administrator(
                unit=unit, username=options["username"], full_name=options["full_name"], on=clock.today()
            )
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{options['username']} {password}")
