"""How a campaign is found: by its title, its period and its recipient, by those who receive it."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from dondoc.reporting.models import Campaign
from dondoc.search.sources import Found, Source, register

KIND = "campaign"


def describe(keys: Collection[int] | None) -> Iterator[Found]:
    """Open and closed ones; the units that report find their own report under *Báo cáo phải nộp*."""
    rows = Campaign.objects.select_related("recipient")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    for campaign in rows.order_by("pk").iterator(chunk_size=500):
        yield Found(
            key=campaign.pk,
            province_id=campaign.province_id,
            open=False,
            units=frozenset({campaign.recipient_id}),
            title=campaign.title,
            body=campaign.period_name,
            place=f"nộp về {campaign.recipient.name}",
            address=reverse("reporting:campaign", args=[campaign.pk]),
            on=campaign.last_ok_on,
        )


register(Source(KIND, "Đợt báo cáo", describe))
