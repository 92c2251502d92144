from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit
from dondoc.units.services.loading import load_agencies


class Command(BaseCommand):
    help = "Add the agencies of a province and the groups that documents give work to. May be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="+", help="codes of provinces (20 Lạng Sơn, 11 Điện Biên)")
        parser.add_argument("--extra", nargs="*", default=[], help="lexicon ids of agencies that only some provinces have")

    def handle(self, *_args: Any, **options: Any) -> None:
        for code in options["codes"]:
            province = Unit.objects.filter(code=code, kind=UnitKind.PROVINCE).first()
            if province is None:
                raise CommandError(f"no province has the code {code}: run load_units first")
            loaded = load_agencies(province, options["extra"])
            self.stdout.write(f"{province.name}: {loaded.units} agencies, {loaded.groups} groups added")
