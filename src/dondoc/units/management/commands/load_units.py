from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from dondoc.units.services.loading import load_units


class Command(BaseCommand):
    help = "Add the 34 provinces and 3,321 communes of 01/7/2025 with their official codes. May be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", help="official codes of provinces (20 Lạng Sơn, 11 Điện Biên); none: all")

    def handle(self, *_args: Any, **options: Any) -> None:
        loaded = load_units(options["codes"])
        self.stdout.write(f"{loaded.units} units added")
