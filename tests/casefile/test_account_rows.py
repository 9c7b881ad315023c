"""Accounts of parties as rows: dated events in order, and one acceptance for several incidents counted once."""

from tests.incidents.cards import killed, party, settled, spot
from tests.weighing.test_weigh import weighed
from witnessmark.casefile.account_rows import Words, event_rows, party_rows

WADI = spot("Wadi", 36.0, 38.0)
GUARD = (party("guard"),)
DENIED = settled("d", WADI, kind="denial", polarity="denied", accused=GUARD, tolls=(), published="2031-03-12")
ADMITTED = settled("e", WADI, kind="acceptance", accused=GUARD, tolls=killed(12), shared=True, published="2032-01-09")
INCIDENT = weighed(settled("a", WADI, accused=GUARD), ADMITTED, DENIED)


def test_a_denial_and_a_later_admission_both_stay_with_where_the_party_stood_by_each() -> None:
    told = event_rows(INCIDENT, Words(said={"claim-d": "We did not.", "claim-e": "We did."}))
    assert [(one["date"], one["act"], one["status"], one["words"]) for one in told] == [
        ("2031-03-12", "denies", "denies", "We did not."),
        ("2032-01-09", "accepts harm", "accepts harm", "We did."),
    ]


def test_an_acceptance_for_several_incidents_is_counted_with_the_first_of_them() -> None:
    found = Words(shared={"claim-e": ("incident-1", "incident-2")})
    (account,) = party_rows(INCIDENT, found)
    conceded = account["statements"][-1]
    assert (conceded["for_incidents"], conceded["counted_with"]) == (["incident-1", "incident-2"], "incident-1")
    assert conceded["tolls"] == {"killed": [12, 12]}
    assert account["statements"][0]["counted_with"] is None
    assert dict(INCIDENT.tolls)["killed"].pair == (5, 5)
