"""What is missing where? Supply and demand by 地域 × need × weekday × time band, beside the people who live there.

    supply = supply_of(catalog)                       places, counted from the columns of the catalog
    demand = demand_of(session, catalog, today)       searches, empty searches, wishes, enquiries
    people = people_by_area(session, areas)           the standard 人口 file, where the city loaded it
"""

from directory.gaps.demand import DEFINITIONS, Demand, Wish, demand_of, wishes_of
from directory.gaps.drafting import draft_listing, draft_role
from directory.gaps.linking import Gap, Linked, checked, link, linked_to
from directory.gaps.people import People, people_by_area, unplaced_people
from directory.gaps.supply import DAYS, Supply, listings_at, middles, supply_of

__all__ = [
    "DAYS", "DEFINITIONS", "Demand", "Gap", "Linked", "People", "Supply", "Wish", "checked", "demand_of", "draft_listing",
    "draft_role", "link", "linked_to", "listings_at", "middles", "people_by_area", "supply_of", "unplaced_people", "wishes_of",
]
