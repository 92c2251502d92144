from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from dondoc.common.folding import searchable
from dondoc.units.enums import CommuneKind, GroupRule, ParameterKey, Role, UnitKind


class Unit(models.Model):
    """A province, an agency or a commune, with the days between which it exists.

    ``code`` is the official code of an administrative unit (Decision 19/2025/QĐ-TTg), else a key of our own;
    ``lexicon_id`` ties an agency to the reader's lexicon. A province is its own scope: ``province`` of all below it.
    ``search_text`` is the name without marks, to find and to sort by on any database.
    """

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=255)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind)
    commune_kind = models.CharField(max_length=10, choices=CommuneKind, blank=True)
    lexicon_id = models.CharField(max_length=60, blank=True)
    province = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units_of_province")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=255, blank=True)
    search_text = models.CharField(max_length=400, blank=True, editable=False)

    class Meta:
        ordering = ("kind", "search_text", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="units_unit_dates_in_order",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            )
        ]
        indexes: ClassVar = [models.Index(fields=("province", "kind", "search_text"), name="units_unit_of_province")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Keep ``search_text`` true to the names; a bulk insert calls this itself."""
        self.search_text = searchable(self.name, self.short_name)[:400]

    @property
    def has_days_without_basis(self) -> bool:
        """It has a first or a last day, and nobody has named the document that set it."""
        return bool(self.valid_from or self.valid_to) and not self.legal_basis

    @property
    def scope_id(self) -> int:
        """The province that this unit belongs to: its own where it is one."""
        return self.province_id or self.pk


class UnitAlias(models.Model):
    """Another name of a unit: an abbreviation, an old spelling."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("unit", "name"), name="units_unitalias_once")]

    def __str__(self) -> str:
        return self.name


class Predecessor(models.Model):
    """``unit`` took over from ``predecessor`` on a day, wholly or in part."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    on = models.DateField()
    legal_basis = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("unit", "predecessor"), name="units_predecessor_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.unit}"


class UnitGroup(models.Model):
    """A name that stands for many units ("UBND các xã, phường") and expands to its members on a day.

    ``aliases`` are the other ways in which documents write it.
    """

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    province = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    rule = models.CharField(max_length=20, choices=GroupRule)
    kinds = models.JSONField(default=list, blank=True)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("province", "code"), name="units_group_code_once")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A unit's time in a listed group."""

    group = models.ForeignKey(UnitGroup, models.CASCADE, related_name="listed")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="in_groups")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("group", "unit", "valid_from"), name="units_groupmember_once")]

    def __str__(self) -> str:
        return f"{self.unit} ∈ {self.group}"


class PersonManager(BaseUserManager["Person"]):
    """Makes people with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **facts: object) -> "Person":
        person = self.model(username=self.model.normalize_username(username), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Someone who logs in. Rights come from dated memberships; a person who leaves keeps their history.

    ``search_text`` begins with the given name, as Vietnamese lists are sorted.
    """

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    search_text = models.CharField(max_length=255, blank=True, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    objects = PersonManager()

    class Meta:
        ordering = ("search_text", "pk")

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        given_name = self.full_name.split()[-1:]
        self.search_text = searchable(*given_name, self.full_name, self.username)[:255]
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.full_name


class Membership(models.Model):
    """A person's place and role in a unit between two days (a null end: still there)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    position = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-valid_from",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "unit", "role", "valid_from"), name="units_membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="units_membership_dates_in_order",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit} · {self.get_role_display()}"


class StandIn(models.Model):
    """Someone who acts in another's place for a time."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="stand_ins")
    person = models.ForeignKey(Person, models.PROTECT, related_name="stands_in_for")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="units_standin_dates_in_order",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} thay {self.membership.person}"


class Parameter(models.Model):
    """What a province set for a rule from a day on, with its basis. Rows are added, never altered: the last added of a day holds.

    ``value``: whole numbers, "2" or "7,3,1"; what holds without a row is shipped with the program (``units.parameters``).
    """

    province = models.ForeignKey(Unit, models.PROTECT, related_name="parameters")
    key = models.CharField(max_length=40, choices=ParameterKey)
    value = models.CharField(max_length=60)
    effective_from = models.DateField()
    legal_basis = models.CharField(max_length=255)
    verified_on = models.DateField()

    class Meta:
        ordering = ("province", "key", "effective_from", "pk")

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"
