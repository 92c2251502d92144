from django.db.models import TextChoices


class Weight(TextChoices):
    """How much a notice presses; the words head its group in a digest."""

    LATE = "late", "Quá hạn"
    SOON = "soon", "Sắp đến hạn"
    NEWS = "news", "Có thay đổi"
