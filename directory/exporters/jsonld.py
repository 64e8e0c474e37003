"""What may a search engine know of a place? schema.org facts of a public listing; what is unknown is left out.

A gathering is a Service with its next certain date as an Event; a house that is open to all is a LocalBusiness or a
CivicStructure. A masked place is its 地域 and no more.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date

from directory.exporters import wording
from directory.exporters.moments import begin, end, far_ahead
from directory.exporters.opening_hours import OpeningHours, opening_hours
from directory.listing import NO, YES, Fee, Listing, Meeting
from directory.schedules import Occurrence, occurrences
from directory.vocabulary import Vocabulary

Facts = dict[str, object]

# Kinds that are a house one walks into; every other kind is a service, which may be held somewhere.
HOUSES = {
    "maker_shop": "LocalBusiness", "familiar_shop": "LocalBusiness", "care_provider": "LocalBusiness",
    "public_facility": "CivicStructure",
}
# Facts of the building; the others describe the gathering.
AMENITIES = ("wheelchair", "accessible_toilet", "western_toilet", "steps", "chairs", "parking", "air_conditioning")
GENDERS = {"女性": "female", "男性": "male"}
# 0829-00 numbers stand in the sample city: no machine may offer to dial them.
SAMPLE_NUMBERS = "082900"
# What would end the script element or confuse a reader of JavaScript; the same text to every reader of JSON.
UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&'\u2028\u2029"}


def listing_facts(listing: Listing, *, url: str, today: date, vocabulary: Vocabulary) -> Facts | None:
    """The JSON-LD of a listing's page; None for one that is not open to the public any more."""
    if listing.status != "published":
        return None
    house = HOUSES.get(listing.kind) if listing.has_place else None
    common: Facts = {
        "@type": house or "Service", "@id": f"{url}#listing", "url": url, "name": listing.name,
        "alternateName": listing.kana, "description": listing.summary,
    }
    hours = opening_hours(listing, today)
    about = _house(listing, hours, vocabulary) if house else _service(listing, hours, vocabulary)
    # A house with weekly hours is open; everything else takes place.
    events = () if house and hours.usual else _events(listing, url, today, vocabulary)
    return {"@context": "https://schema.org", "@graph": [_known({**common, **about}), *events]}


def script_text(facts: Facts) -> str:
    """JSON that is safe inside `<script type="application/ld+json">`: a data block, which no content policy runs."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)


def _house(listing: Listing, hours: OpeningHours, vocabulary: Vocabulary) -> Facts:
    owner = "parentOrganization" if HOUSES[listing.kind] == "LocalBusiness" else None
    return {
        **_place_facts(listing, vocabulary),
        "telephone": _telephone(listing),
        "isAccessibleForFree": _is_free(listing),
        "openingHoursSpecification": list(hours.usual),
        "specialOpeningHoursSpecification": list(hours.special),
        **({owner: _organization(listing)} if owner else {}),
    }


def _service(listing: Listing, hours: OpeningHours, vocabulary: Vocabulary) -> Facts:
    kind = vocabulary.kinds.get(listing.kind)
    channel = _known({
        "@type": "ServiceChannel", "serviceLocation": _place(listing, vocabulary),
        "servicePhone": _phone_point(listing),
    })
    return {
        "serviceType": kind.label if kind else None,
        "provider": _organization(listing),
        "areaServed": listing.service_area or list(listing.area_names()),
        "availableChannel": channel if len(channel) > 1 else None,
        "audience": _audience(listing),
        "offers": _offers(listing),
        "hoursAvailable": [*hours.usual, *hours.special],
    }


def _events(listing: Listing, url: str, today: date, vocabulary: Vocabulary) -> Iterator[Facts]:
    """The next certain opening, and the ones called off before it. 予定 has no word in schema.org and stays out."""
    if not listing.has_place:
        return
    rows = sorted(
        ((row, number) for number, meeting in enumerate(listing.meetings)
         for row in occurrences(meeting.schedule, today, far_ahead(today), listing.closures)
         if row.certain or row.cancelled),
        key=lambda pair: (pair[0].date, str(pair[0].start or ""), pair[1]),
    )
    for row, number in rows:
        yield _event(listing, listing.meetings[number], row, url, vocabulary)
        if not row.cancelled:
            return


def _event(listing: Listing, meeting: Meeting, row: Occurrence, url: str, vocabulary: Vocabulary) -> Facts:
    finish = end(row)
    return _known({
        "@type": "Event", "@id": f"{url}#{begin(row):%Y%m%dT%H%M}", "url": url, "name": listing.name,
        "description": listing.summary, "startDate": begin(row).isoformat(),
        "endDate": finish.isoformat() if finish else None,
        "eventStatus": f"https://schema.org/{'EventCancelled' if row.cancelled else 'EventScheduled'}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _hall(listing, meeting) or _place(listing, vocabulary), "organizer": _organization(listing),
        "isAccessibleForFree": _is_free(listing), "offers": _offers(listing), "audience": _audience(listing),
    })


def _hall(listing: Listing, meeting: Meeting) -> Facts | None:
    """The hall of the day (回り持ち会場), of which the name is known and not the street."""
    if not meeting.place:
        return None
    return {"@type": "Place", "name": meeting.place, "address": _address(listing, exact=False)}


def _place(listing: Listing, vocabulary: Vocabulary) -> Facts | None:
    if not listing.has_place:
        return None
    name = "・".join(listing.area_names()) if listing.masked else listing.place_name
    return _known({"@type": "Place", "name": name, **_place_facts(listing, vocabulary)})


def _place_facts(listing: Listing, vocabulary: Vocabulary) -> Facts:
    """Address, point and building; of a masked place the municipality only."""
    point = wording.point(listing)
    return {
        "address": _address(listing, exact=not listing.masked),
        "geo": {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]} if point else None,
        "amenityFeature": _amenities(listing, vocabulary),
    }


def _address(listing: Listing, *, exact: bool) -> Facts:
    street = "".join(filter(None, (listing.town, listing.address_rest, listing.building))) if exact else ""
    return _known({
        "@type": "PostalAddress", "addressCountry": "JP", "addressRegion": listing.prefecture,
        "addressLocality": listing.municipality, "streetAddress": street,
    })


def _amenities(listing: Listing, vocabulary: Vocabulary) -> list[Facts]:
    """Only what somebody has said yes or no to."""
    return [
        {"@type": "LocationFeatureSpecification", "name": vocabulary.attributes[term].label, "value": value == YES}
        for term in AMENITIES
        if term in vocabulary.attributes and (value := listing.attribute(term)) in (YES, NO)
    ]


def _organization(listing: Listing) -> Facts | None:
    """Who offers it; a private person's name is not for machines."""
    if listing.organization_kind == "個人":
        return None
    return {"@type": "Organization", "name": listing.organization_name}


def _telephone(listing: Listing) -> str | None:
    number = listing.phone if listing.contact_public else None
    digits = "".join(filter(str.isdigit, number or ""))
    return None if digits.startswith(SAMPLE_NUMBERS) else number


def _phone_point(listing: Listing) -> Facts | None:
    number = _telephone(listing)
    return {"@type": "ContactPoint", "telephone": number} if number else None


def _is_free(listing: Listing) -> bool | None:
    """None where a sum is not known."""
    if listing.fees_state == "none":
        return True
    if listing.fees_state != "stated" or not listing.fees:
        return None
    sums = [fee.yen for fee in listing.fees]
    return False if any(sums) else None if None in sums else True


def _offers(listing: Listing) -> list[Facts]:
    """Every fee whose sum is known; a free one costs 0."""
    if listing.fees_state == "none":
        return [{"@type": "Offer", "price": 0, "priceCurrency": "JPY"}]
    return [_offer(fee) for fee in listing.fees if listing.fees_state == "stated" and fee.yen is not None]


def _offer(fee: Fee) -> Facts:
    notes = "。".join(filter(None, (fee.note, "はじめての日は無料" if fee.first_free else None)))
    name = f"{fee.per}（{fee.for_whom}）" if fee.for_whom else fee.per
    return _known({
        "@type": "Offer", "name": name, "price": fee.yen, "priceCurrency": "JPY", "description": notes,
    })


def _audience(listing: Listing) -> Facts | None:
    """Ages and gender only where they are stated; the words of the place itself as they are."""
    aged, gendered = listing.age_state == "stated", listing.gender_state == "stated"
    audience = _known({
        "@type": "PeopleAudience",
        "audienceType": listing.audience_text,
        "suggestedMinAge": listing.minimum_age if aged else None,
        "suggestedMaxAge": listing.maximum_age if aged else None,
        "suggestedGender": GENDERS.get(listing.gender_only or "") if gendered else None,
    })
    return audience if len(audience) > 1 else None


def _known(facts: Mapping[str, object]) -> Facts:
    """Without what is unknown or empty; False and 0 are known."""
    return {key: value for key, value in facts.items() if value is not None and value not in ("", [], ())}
