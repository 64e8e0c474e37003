"""住まいの地域：市内の方、地区の方に限る場所かどうか。

地域の名だけで決まらないとき（町内の名で限る場所など）は「確認してから」にします。別の地域に限る場所は出しません。
"""

from directory.i18n import gettext as _
from matcher.ranking.criterion import Hard, Verdict
from matcher.ranking.familiar import Settles
from matcher.ranking.view import View


def _test(view: View, part: str) -> Verdict:
    """Planes: anybody; anybody in the city; those of an area; some of an area (a 町内 nobody can match by name)."""
    profile, everyone = view.profile, view.candidates.all
    passes, maybe = view.plane("home:any"), view.plane("home?")
    if profile.resident is None:
        maybe = maybe | view.plane("home:city")
    elif profile.resident:
        passes = passes | view.plane("home:city")
    if profile.home_area is None:
        maybe = maybe | view.plane("home:area") if profile.resident is not False else maybe
    else:
        passes = passes | view.plane(f"home:in:{profile.home_area}")
        maybe = maybe | view.plane(f"home:part:{profile.home_area}")
    return everyone & ~(passes | maybe), maybe & ~passes


CRITERION = Hard(
    key="residency", label=lambda candidates, part: _("ほかの地域の方の場"), first=1,
    parts=lambda profile: ("residency",), test=_test, columns=("home:*", "home?"), settles=lambda part: Settles.DOUBTS,
    fails=lambda candidates, profile, part: _("ほかの地域にお住まいの方の場所です。"),
    unknown=lambda candidates, profile, part: (
        _("お住まいの地域に限りがあるか、確かめてください。"), _("お住まいの地区に決まりはありますか。")),
)
