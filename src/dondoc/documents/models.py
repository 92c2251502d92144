from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.documents.enums import DocumentState, ItemKind, ItemState, ReviewAction, Visibility


class Document(models.Model):
    """A document that was handed in. What it says of itself is copied here from its items, for lists.

    The same file in one province is one document. ``attempt`` counts the times that a job took it up: what an older
    attempt brings home is thrown away. ``visibility_chosen``: a person set the visibility, the reader leaves it alone.
    ``search_text`` holds number, title, issuer and name in lower case, then the same without diacritics.
    Documents with one ``version_group`` are files of one document, the newest official one with the highest
    ``version_rank``: a projection of the :class:`VersionWord` rows.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="documents")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="handed_in_documents")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="documents")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=20, choices=DocumentState, default=DocumentState.QUEUED)
    failure = models.TextField(blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    progress_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PROVINCE)
    visibility_chosen = models.BooleanField(default=False)
    restricted_to = models.ManyToManyField("units.Unit", blank=True, related_name="restricted_documents")
    fallback_date = models.DateField(null=True, blank=True)

    type = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    issuer = models.CharField(max_length=255, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    search_text = models.TextField(blank=True)
    version_group = models.UUIDField(null=True, blank=True)
    version_rank = models.PositiveSmallIntegerField(default=0)

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("province", "file"), condition=Q(file__isnull=False), name="documents_document_file_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=("province", "-uploaded_at"), name="documents_of_province"),
            models.Index(fields=("version_group", "version_rank"), name="documents_version_group"),
        ]

    def __str__(self) -> str:
        return self.code or self.title or self.name


class DocumentReading(models.Model):
    """One reading of a document by one version of the reader. The text and all that stands in it never change.

    ``contract`` is the reader's public form without the text; ``blocks`` the paragraphs as [start, end, kind, level];
    ``mends`` what was rewritten, as [start, end, was, now, kind, confidence]. ``pages`` says of each page what was done
    with it, and why; the words of a page that was read from its image are a :class:`ReadingPage`.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()
    reader_version = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    current = models.BooleanField(default=True)
    text = models.TextField()
    raw = models.TextField()
    offsets = models.JSONField(default=list)
    contract = models.JSONField()
    tables = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    mends = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("document", "number"), name="documents_reading_number_once"),
            models.UniqueConstraint(fields=("document",), condition=Q(current=True), name="documents_reading_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"


class ReadingPage(models.Model):
    """A page that was read from its image, with its words, apart from the others so that one page is fetched alone.

    ``words``: [start, end, left, top, right, bottom], the place in the text and the box in ten-thousandths of the page.
    """

    reading = models.ForeignKey(DocumentReading, models.CASCADE, related_name="page_rows")
    number = models.PositiveIntegerField()
    words = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("reading", "number"), name="documents_page_once")]

    def __str__(self) -> str:
        return f"{self.reading} · {self.number}"


class Item(models.Model):
    """Something found in a document (or added by a person), with the place it was read from.

    ``read`` is what the reader said in ``reading`` and is never altered by hand; ``corrected`` a person's word, whole, where
    it differs. ``key`` stays the same over readings. ``reading`` is the reading whose text the span points into; an item
    that a newer reading no longer has keeps its older one and is ``orphaned``. ``state`` and ``corrected`` are a projection
    of the reviews and can be rebuilt from them.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="items")
    reading = models.ForeignKey(DocumentReading, models.PROTECT, related_name="items")
    key = models.UUIDField()
    kind = models.CharField(max_length=20, choices=ItemKind)
    position = models.PositiveIntegerField()
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()
    section = models.CharField(max_length=80, blank=True)
    confidence = models.FloatField(null=True)
    read = models.JSONField(null=True)
    corrected = models.JSONField(null=True)
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.PROPOSED)
    orphaned = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("document", "key"), name="documents_item_key_once"),
            models.CheckConstraint(condition=Q(span_end__gt=models.F("span_start")), name="documents_item_has_a_place"),
            models.CheckConstraint(
                condition=Q(read__isnull=False) | Q(corrected__isnull=False), name="documents_item_says_something"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("document", "kind", "position"), name="documents_item_of_document")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.span_start}-{self.span_end}"

    @property
    def content(self) -> dict[str, object]:
        """What holds now: the person's word, else the reader's."""
        held = self.corrected if self.corrected is not None else self.read
        return dict(held or {})

    @property
    def confirmed(self) -> bool:
        return self.state in {ItemState.ACCEPTED, ItemState.CORRECTED}


class Review(models.Model):
    """A person's word on an item. Append-only; ``content`` is the whole content that the person confirmed or made.

    What was done at one stroke (accept all, merge, split) has one ``batch``; an undo names the review that it ``undoes``.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="reviews")
    action = models.CharField(max_length=20, choices=ReviewAction)
    content = models.JSONField(null=True)
    related = models.ManyToManyField(Item, blank=True, related_name="+")
    batch = models.UUIDField(default=uuid4)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=("batch",), name="documents_review_batch")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.item_id}"


class CitedDocument(models.Model):
    """An edge of the citation graph: ``document`` cites a code, and the document that bears it where we have it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="cites")
    code = models.CharField(max_length=80)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=255, blank=True)
    relation = models.CharField(max_length=20, blank=True)
    target = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="cited_by")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("document", "code", "issued_on"), name="documents_cited_once")]
        indexes: ClassVar = [models.Index(fields=("code", "issued_on"), name="documents_cited_code")]

    def __str__(self) -> str:
        return f"{self.document} → {self.code}"


class Signature(models.Model):
    """What the text of a document's current reading is known by, whatever a scan did to it; see ``rules.likeness``."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="signature")
    places = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.document_id}"


class SignatureBand(models.Model):
    """A piece of a signature, by which likely versions of a document are looked up without looking at all documents."""

    province = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="bands")
    value = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("province", "value"), name="documents_band")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.value}"


class VersionWord(models.Model):
    """A person's word on whether two files are one document. Append-only; of one pair the last word holds."""

    one = models.ForeignKey(Document, models.CASCADE, related_name="+")
    other = models.ForeignKey(Document, models.CASCADE, related_name="+")
    same = models.BooleanField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="documents_version_word_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {'=' if self.same else '≠'} {self.other_id}"
